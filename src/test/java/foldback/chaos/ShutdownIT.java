package foldback.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.testing.Await;
import foldback.testing.Database;
import foldback.testing.RunningJar;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service is told to end while callbacks come in. */
class ShutdownIT {
    private static final String RECOVERED = "was interrupted";

    @TempDir
    Path home;

    @Test
    void whatItTookIsAnsweredAndTheNextStartRecoversNothing() throws Exception {
        Path dataDir = home.resolve("data");
        Database database = new Database(dataDir);
        List<Exchange> exchanges;
        try (Trial trial = Trial.begin(dataDir, 64)) {
            ProcessHandle postmaster = database.postmaster();
            trial.service.terminate();
            assertEquals(143, trial.service.exitCode(Duration.ofSeconds(10)), trial.service::output);
            Await.until("PostgreSQL has ended", Duration.ofSeconds(2), () -> !postmaster.isAlive());
            exchanges = trial.load.stop();
            assertTrue(database.log().contains("database system is shut down"), "cleanly");
            assertFalse(trial.service.output().contains("ERROR"), trial.service::output);
            assertTrue(trial.load.tally.count(503) > 0, "what comes too late is told so");
            System.out.printf("answers: %s%n", trial.load.tally);
        }
        try (RunningJar next = RunningJar.start(dataDir, Map.of()).up()) {
            assertFalse(database.log().contains(RECOVERED), "the next start recovers nothing");
            Audit.check(database, new Api(next.port(), null), exchanges);
            List<String> values = database.ask("select cur_value from events");
            assertEquals(
                    List.of(), unanswered(exchanges).filter(values::contains).toList(), "recorded, and not answered");
        }
    }

    /** What was said by nobody who got an answer. */
    private static Stream<String> unanswered(List<Exchange> exchanges) {
        Set<String> answered = exchanges.stream()
                .filter(exchange -> exchange.status() != 0)
                .map(exchange -> exchange.shot().body())
                .collect(Collectors.toSet());
        return exchanges.stream()
                .map(Exchange::shot)
                .filter(shot -> shot.said() != null && !answered.contains(shot.body()))
                .map(shot -> shot.said().value());
    }
}
