package foldback.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL says nothing for long, though all of it is there, and then goes on where it was. */
class SilentDatabaseChaos {
    private static final int SILENT_MILLIS = 31_000;
    private static final int CLOUD_MONITORS_PATIENCE_MILLIS = 5000;

    @TempDir
    Path home;

    @Test
    void nobodyWaitsForItAndItsReturnIsNoticed() throws Exception {
        try (Trial trial = Trial.steady(home.resolve("data"))) {
            trial.database.halt();
            try {
                Trial.pause(SILENT_MILLIS);
            } finally {
                trial.database.resume();
            }
            assertTrue(trial.load.tally.spooled() > SILENT_MILLIS / 1000 * 400, "callbacks were spooled");
            trial.awaitDrained(Duration.ofMinutes(2));
            trial.awaitRecorded(1000);
            long slowest = Trial.slowest(trial.audit());
            assertTrue(slowest < CLOUD_MONITORS_PATIENCE_MILLIS, () -> "answered after " + slowest + " ms");
            assertEquals(0, trial.load.tally.count(503), "none is refused");
        }
    }
}
