package foldback.chaos;

import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.testing.Await;
import foldback.testing.Database;
import foldback.testing.FreePort;
import foldback.testing.RunningJar;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service is killed in mid-load, again and again, its PostgreSQL with it every other time. The load never stops. */
class KilledServiceChaos {
    private static final int KILLS = 20;
    private static final int ANSWERS_BEFORE_A_KILL = 300;
    private static final long SEED = 20251;

    @TempDir
    Path home;

    @Test
    void whatWasAcknowledgedIsThereOnceAndFolded() throws Exception {
        Database database = new Database(home.resolve("data"));
        Random random = new Random(SEED);
        int port = FreePort.find();
        Map<String, String> environment = Map.of(
                "QUARKUS_HTTP_PORT",
                Integer.toString(port),
                "QUARKUS_MANAGEMENT_PORT",
                Integer.toString(FreePort.find()));
        RunningJar service = RunningJar.start(home.resolve("data"), environment).up();
        try (Load load = Load.closed(Load.Target.local(port), 32, new Mixture(SEED, "killed", 200))) {
            for (int kill = 1; kill <= KILLS; kill++) {
                long target = load.tally.acknowledged() + ANSWERS_BEFORE_A_KILL;
                Await.until(
                        "callbacks are answered", Duration.ofSeconds(60), () -> load.tally.acknowledged() >= target);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(300)));
                if (kill % 2 == 0) {
                    database.kill();
                }
                service.kill();
                service = RunningJar.start(home.resolve("data"), environment).up();
            }
            long target = load.tally.acknowledged() + ANSWERS_BEFORE_A_KILL;
            Await.until("callbacks are answered", Duration.ofSeconds(60), () -> load.tally.acknowledged() >= target);
            List<Exchange> exchanges = load.stop();
            System.out.printf("%d kills: %s%n", KILLS, load.tally);
            assertTrue(load.tally.count(0) > 0, "killed while callbacks were on their way");
            Audit.check(database, new Api(port, null), exchanges);
        } finally {
            service.close();
        }
    }
}
