package foldback.embedded;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import foldback.embedded.EmbeddedPostgres.Unavailable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The directory that holds everything, closed to other users, and owned by one process at a time. */
final class DataDirectory implements AutoCloseable {
    static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private final Path path;
    private final FileChannel lockFile;

    private DataDirectory(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    static DataDirectory claim(Path configured) {
        Path path = configured.toAbsolutePath().normalize();
        try {
            Files.createDirectories(path);
            FileChannel lockFile = FileChannel.open(path.resolve("foldback.lock"), CREATE, READ, WRITE);
            if (lock(lockFile) == null) {
                throw inUse(path, lockFile);
            }
            Files.setPosixFilePermissions(path, OWNER_ONLY);
            lockFile.truncate(0)
                    .write(utf8(Long.toString(ProcessHandle.current().pid())), 0);
            return new DataDirectory(path, lockFile);
        } catch (IOException e) {
            throw new Unavailable("The data directory " + path + " cannot be used: " + e, e);
        }
    }

    /** Held by the operating system, so that it ends with the process, however that ends. */
    private static @Nullable FileLock lock(FileChannel lockFile) throws IOException {
        try {
            return lockFile.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static Unavailable inUse(Path path, FileChannel lockFile) throws IOException {
        try (lockFile) {
            ByteBuffer pid = ByteBuffer.allocate(20);
            lockFile.read(pid, 0);
            String owner = StandardCharsets.UTF_8.decode(pid.flip()).toString();
            return new Unavailable("The data directory " + path + " is in use by another Foldback"
                    + (owner.isEmpty() ? "" : " (process " + owner + ")")
                    + ". Stop that one, or set foldback.data-dir to another directory.");
        }
    }

    private static ByteBuffer utf8(String text) {
        return StandardCharsets.UTF_8.encode(text);
    }

    Path path() {
        return path;
    }

    Path credentials() {
        return path.resolve("credentials");
    }

    /** PostgreSQL's own directory. */
    Path cluster() {
        return path.resolve("postgresql");
    }

    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
