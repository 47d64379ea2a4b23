package foldback.embedded;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** PostgreSQL's programs as the service unpacks them, once for all tests: with them a first start takes seconds less. */
public final class UnpackedOnce {
    private static final Path ONCE = Path.of("target/unpacked-once").toAbsolutePath();

    private UnpackedOnce() {}

    /** Puts them where the service looks for them, before it unpacks. */
    public static synchronized void into(Path dataDir) throws IOException {
        Path programs = programs();
        Path target = dataDir.resolve(programs.getFileName());
        if (Files.exists(target)) {
            return;
        }
        Files.createDirectories(dataDir);
        Path unfinished = Directories.begin(target);
        List<Path> all;
        try (Stream<Path> walk = Files.walk(programs)) {
            all = walk.skip(1).toList();
        }
        for (Path each : all) {
            link(each, unfinished.resolve(programs.relativize(each)));
        }
        Directories.finish(target);
    }

    private static Path programs() {
        try (DataDirectory once = DataDirectory.claim(ONCE)) {
            return Binaries.unpack(once);
        }
    }

    private static void link(Path program, Path target) throws IOException {
        if (Files.isDirectory(program, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(target);
            return;
        }
        try {
            Files.createLink(target, program);
        } catch (FileSystemException e) {
            // Another disk, or a user who may not link to what is another's.
            Files.copy(program, target, LinkOption.NOFOLLOW_LINKS);
        }
    }
}
