package foldback.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** Directories that are complete from the moment that they bear their name. */
final class Directories {
    private Directories() {}

    /** The directory to fill before {@link #finish}; what an earlier attempt left behind is gone. */
    static Path begin(Path directory) throws IOException {
        Path unfinished = unfinished(directory);
        delete(unfinished);
        return Files.createDirectory(unfinished, PosixFilePermissions.asFileAttribute(DataDirectory.OWNER_ONLY));
    }

    static void finish(Path directory) throws IOException {
        Files.move(unfinished(directory), directory, StandardCopyOption.ATOMIC_MOVE);
        // Without this a power cut could take the name back.
        try (FileChannel parent = FileChannel.open(directory.resolveSibling("."), StandardOpenOption.READ)) {
            parent.force(true);
        }
    }

    private static Path unfinished(Path directory) {
        return directory.resolveSibling(directory.getFileName() + ".unfinished");
    }

    static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
