package foldback.embedded;

import foldback.disk.OwnedDirectory;
import foldback.embedded.EmbeddedPostgres.Unavailable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** The directory that holds everything, closed to other users, and owned by one process at a time. */
final class DataDirectory implements AutoCloseable {
    static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private final OwnedDirectory directory;

    private DataDirectory(OwnedDirectory directory) {
        this.directory = directory;
    }

    static DataDirectory claim(Path configured) {
        try {
            OwnedDirectory directory = OwnedDirectory.claim(configured, "foldback.lock");
            Files.setPosixFilePermissions(directory.path(), OWNER_ONLY);
            return new DataDirectory(directory);
        } catch (OwnedDirectory.InUse e) {
            throw new Unavailable(
                    "The data directory " + e.getMessage() + ", or set foldback.data-dir to another directory.", e);
        } catch (IOException e) {
            throw new Unavailable("The data directory " + configured.toAbsolutePath() + " cannot be used: " + e, e);
        }
    }

    Path path() {
        return directory.path();
    }

    Path credentials() {
        return path().resolve("credentials");
    }

    /** PostgreSQL's own directory. */
    Path cluster() {
        return path().resolve("postgresql");
    }

    @Override
    public void close() {
        try {
            directory.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
