package foldback.spool;

import static java.nio.file.StandardOpenOption.READ;

import foldback.disk.OwnedDirectory;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** The directory of the spool, owned by one process at a time. */
final class SpoolDirectory implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(SpoolDirectory.class);
    private static final String FILE = "spool.db";

    private final OwnedDirectory directory;
    private final Path path;

    private SpoolDirectory(OwnedDirectory directory) {
        this.directory = directory;
        this.path = directory.path();
    }

    /**
     * Takes the directory, and makes what is missing of it.
     *
     * @throws ConfigurationException with a message for whoever started the service
     */
    static SpoolDirectory claim(Path configured) {
        try {
            SpoolDirectory spool = new SpoolDirectory(OwnedDirectory.claim(configured, "spool.lock"));
            spool.keepTheLibraryHere();
            return spool;
        } catch (OwnedDirectory.InUse e) {
            throw new ConfigurationException(
                    "The spool directory " + e.getMessage() + ", or set foldback.spool.directory to another directory.",
                    e);
        } catch (IOException e) {
            throw new ConfigurationException(
                    "The spool directory " + configured.toAbsolutePath() + " cannot be used: " + e, e);
        }
    }

    /** The driver unpacks its library at each start, and a killed process leaves it behind: here it is found and deleted. */
    private void keepTheLibraryHere() throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(path, "sqlite-*")) {
            for (Path file : left) {
                Files.delete(file);
            }
        }
        System.setProperty("org.sqlite.tmpdir", path.toString());
    }

    /**
     * Opens the spool, or makes it. One that cannot be read is set aside rather than deleted: it may hold callbacks that were answered, and
     * those of today must not wait until somebody has looked into it.
     *
     * @throws ConfigurationException with a message for whoever started the service
     */
    SpoolFile open() {
        try {
            try {
                return openDurably();
            } catch (SQLiteException e) {
                if (!isDamaged(e.getResultCode())) {
                    throw e;
                }
                Path aside = setAside();
                LOG.errorf(
                        "The spool cannot be read (%s). It is kept as %s, and a new one begins.",
                        e.getMessage(), aside);
                return openDurably();
            }
        } catch (SQLException | IOException e) {
            throw new ConfigurationException("The spool in " + path + " cannot be opened: " + e.getMessage(), e);
        }
    }

    private SpoolFile openDurably() throws SQLException, IOException {
        SpoolFile file = SpoolFile.open(path.resolve(FILE), UUID.randomUUID());
        // Without this a power cut could take the file's name back, and the directory's.
        sync(path);
        sync(path.resolveSibling("."));
        return file;
    }

    private static boolean isDamaged(SQLiteErrorCode code) {
        int primary = code.code & 0xff;
        return primary == SQLiteErrorCode.SQLITE_CORRUPT.code || primary == SQLiteErrorCode.SQLITE_NOTADB.code;
    }

    private Path setAside() throws IOException {
        Path aside = Files.createTempDirectory(path, "damaged-");
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path, FILE + "*")) {
            for (Path file : files) {
                Files.move(file, aside.resolve(file.getFileName()));
            }
        }
        return aside;
    }

    private static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, READ)) {
            channel.force(true);
        }
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        directory.close();
    }
}
