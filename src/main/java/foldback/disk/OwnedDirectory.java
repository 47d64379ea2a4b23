package foldback.disk;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A directory that this process alone has, until it closes it or ends, however that ends. */
public final class OwnedDirectory implements AutoCloseable {
    private final Path path;
    private final FileChannel lockFile;

    private OwnedDirectory(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    /**
     * Takes the directory, and makes what is missing of it.
     *
     * @param lock the file in it that the operating system locks, and that holds the number of the process
     * @throws InUse where another process has it, or this one already
     */
    public static OwnedDirectory claim(Path configured, String lock) throws IOException {
        Path path = configured.toAbsolutePath().normalize();
        Files.createDirectories(path);
        FileChannel lockFile = FileChannel.open(path.resolve(lock), CREATE, READ, WRITE);
        if (lock(lockFile) == null) {
            throw inUse(path, lockFile);
        }
        lockFile.truncate(0).write(utf8(Long.toString(ProcessHandle.current().pid())), 0);
        return new OwnedDirectory(path, lockFile);
    }

    private static @Nullable FileLock lock(FileChannel lockFile) throws IOException {
        try {
            return lockFile.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static InUse inUse(Path path, FileChannel lockFile) throws IOException {
        try (lockFile) {
            ByteBuffer pid = ByteBuffer.allocate(20);
            lockFile.read(pid, 0);
            String owner = StandardCharsets.UTF_8.decode(pid.flip()).toString();
            return new InUse(path + " is in use by another Foldback"
                    + (owner.isEmpty() ? "" : " (process " + owner + ")")
                    + ". Stop that one");
        }
    }

    private static ByteBuffer utf8(String text) {
        return StandardCharsets.UTF_8.encode(text);
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        lockFile.close();
    }

    /** Somebody else has it; the message names the directory and the process. */
    public static final class InUse extends IOException {
        InUse(String message) {
            super(message);
        }
    }
}
