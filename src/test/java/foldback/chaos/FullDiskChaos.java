package foldback.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.testing.Await;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk of the data directory is full, and then has room again. The disk is a small one in memory, which takes root to make. */
class FullDiskChaos {
    private static final String DISK_MEGABYTES = "400";
    private static final long LEFT_MEGABYTES = 20;

    @TempDir
    Path home;

    private Path disk() {
        return home.resolve("disk");
    }

    @BeforeEach
    void mount() throws Exception {
        Files.createDirectory(disk());
        run("mount", "-t", "tmpfs", "-o", "size=" + DISK_MEGABYTES + "m", "foldback-chaos", disk().toString());
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", disk().toString());
    }

    /** Fails, rather than skips, where the machine does not allow it: a test that was not run shows nothing. */
    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), () -> String.join(" ", command) + " (as root?): " + output);
    }

    @Test
    void nothingIsLostAndWithRoomItGoesOnByItself() throws Exception {
        try (Trial trial = Trial.steady(disk().resolve("data"))) {
            Path ballast = disk().resolve("ballast");
            fill(ballast);
            Await.until("the disk is full", Duration.ofSeconds(90), () -> trial.database
                    .log()
                    .contains("No space left on device"));
            long refused = trial.load.tally.count(503);
            long spooled = trial.load.tally.spooled();
            Await.until(
                    "callbacks are refused or spooled",
                    Duration.ofSeconds(30),
                    () -> trial.load.tally.count(503) > refused || trial.load.tally.spooled() > spooled);
            Trial.pause(3000);
            assertTrue(trial.service.isAlive(), trial.service::output);
            Files.delete(ballast);
            trial.awaitRecorded(2000);
            trial.awaitDrained(Duration.ofSeconds(60));
            trial.audit();
        }
    }

    private static void fill(Path ballast) throws IOException {
        byte[] megabyte = new byte[1 << 20];
        try (var out = Files.newOutputStream(ballast)) {
            long megabytes = (Files.getFileStore(ballast).getUsableSpace() >> 20) - LEFT_MEGABYTES;
            for (long i = 0; i < megabytes; i++) {
                out.write(megabyte);
            }
        }
    }
}
