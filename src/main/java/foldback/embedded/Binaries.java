package foldback.embedded;

import foldback.embedded.EmbeddedPostgres.Unavailable;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jboss.logging.Logger;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs, unpacked once into the data directory. Not into the temporary directory: what lies there under
 * a name that others can guess could have been put there by them.
 */
final class Binaries {
    /** As in the POM; part of the directory's name, so that another version is unpacked beside it. */
    static final String VERSION = "18.4.0";

    private static final Logger LOG = Logger.getLogger(Binaries.class);

    private Binaries() {}

    static Path unpack(DataDirectory directory) {
        String platform = platform(System.getProperty("os.name"), System.getProperty("os.arch"));
        Path home = directory.path().resolve("postgresql-" + VERSION + "-" + platform);
        if (Files.isDirectory(home)) {
            return home;
        }
        LOG.infof("First start: unpacking PostgreSQL %s into %s", VERSION, home);
        try (InputStream archive = Binaries.class.getResourceAsStream("/postgres-" + platform + ".txz")) {
            if (archive == null) {
                throw new Unavailable("There is no embedded PostgreSQL for " + platform
                        + ": set quarkus.datasource.jdbc.url, .username and .password to a PostgreSQL of your own.");
            }
            extract(archive, Directories.begin(home));
            Directories.finish(home);
        } catch (IOException e) {
            throw new Unavailable("PostgreSQL cannot be unpacked into " + home + ": " + e, e);
        }
        return home;
    }

    static String platform(String system, String architecture) {
        String kernel = system.startsWith("Mac") ? "darwin" : system.toLowerCase(Locale.ROOT);
        return switch (architecture) {
            case "amd64", "x86_64" -> kernel + "-x86_64";
            case "aarch64", "arm64" -> kernel + "-arm_64";
            default -> kernel + "-" + architecture;
        };
    }

    private static void extract(InputStream archive, Path target) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path file = target.resolve(entry.getName()).normalize();
                if (!file.startsWith(target)) {
                    throw new IOException("the archive's " + entry.getName() + " lies outside of it");
                }
                write(tar, entry, file);
            }
        }
    }

    private static void write(InputStream content, TarArchiveEntry entry, Path file) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.resolveSibling("."));
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
            return;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            content.transferTo(Channels.newOutputStream(channel));
            channel.force(false);
        }
        if ((entry.getMode() & 0100) != 0) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }
}
