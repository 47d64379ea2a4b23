package foldback.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody holds for eight seconds what the service needs to record. */
class SlowDatabaseChaos {
    private static final int HELD_MILLIS = 8000;
    private static final int CLOUD_MONITORS_PATIENCE_MILLIS = 5000;

    @TempDir
    Path home;

    @Test
    void whoeverHoldsALockDelaysAndLosesNothing() throws Exception {
        try (Trial trial = Trial.steady(home.resolve("data"))) {
            hold(trial, "select 1 from stream_heads where signal_count > 0 order by stream_id limit 1 for update");
            trial.awaitRecorded(1000);
            hold(trial, "lock table stream_heads in access exclusive mode");
            trial.awaitRecorded(1000);
            hold(trial, "lock table events in exclusive mode");
            trial.awaitRecorded(1000);
            trial.awaitDrained(Duration.ofMinutes(2));
            long slowest = Trial.slowest(trial.audit());
            assertTrue(slowest < CLOUD_MONITORS_PATIENCE_MILLIS, () -> "answered after " + slowest + " ms");
            assertEquals(0, trial.load.tally.count(503), "none is refused");
        }
    }

    private static void hold(Trial trial, String lock) throws Exception {
        long before = trial.load.tally.recorded();
        try (Connection connection = trial.database.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(lock);
            Trial.pause(HELD_MILLIS);
            connection.rollback();
        }
        assertTrue(trial.service.isAlive(), trial.service::output);
        System.out.printf("recorded during \"%s\": %d%n", lock, trial.load.tally.recorded() - before);
    }
}
