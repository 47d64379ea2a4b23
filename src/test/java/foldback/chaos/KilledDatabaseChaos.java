package foldback.chaos;

import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.testing.Await;
import foldback.testing.Database;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL is killed under the service and comes back: started by its guardian, or by itself where only a part of it died. */
class KilledDatabaseChaos {
    private static final int KILLS = 4;

    @TempDir
    Path home;

    @Test
    void theServiceOutlivesItsDatabase() throws Exception {
        try (Trial trial = Trial.steady(home.resolve("data"))) {
            for (int kill = 0; kill < KILLS; kill++) {
                ProcessHandle killed = trial.database.postmaster();
                trial.database.kill();
                Await.until("another PostgreSQL runs", Duration.ofSeconds(60), () -> !trial.database
                        .postmaster()
                        .equals(killed));
                trial.awaitRecorded(1000);
            }
            ProcessHandle survives = trial.database.postmaster();
            for (int kill = 0; kill < KILLS; kill++) {
                killABackend(trial.database);
                trial.awaitRecorded(1000);
            }
            trial.awaitDrained(Duration.ofSeconds(60));
            assertTrue(survives.isAlive(), "one backend that dies ends the others, but not the first process");
            trial.audit();
        }
    }

    private static void killABackend(Database database) throws SQLException {
        String pid = database.ask(
                        "select pid from pg_stat_activity where application_name <> 'chaos' and usename = 'foldback' limit 1")
                .get(0);
        assertTrue(ProcessHandle.of(Long.parseLong(pid)).orElseThrow().destroyForcibly());
    }
}
