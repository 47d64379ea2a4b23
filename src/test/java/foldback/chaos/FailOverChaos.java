package foldback.chaos;

import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.embedded.PrimaryAndStandby;
import foldback.testing.Await;
import foldback.testing.RunningJar;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The primary is gone for good in mid-load, and the standby that has confirmed each of its commits takes its place. */
class FailOverChaos {
    private static final long SEED = 20261128;
    private static final double PER_SECOND = 200;
    private static final int CONNECTIONS = 600;
    private static final int SOME = 1000;
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String TOKEN = "s3cret";
    private static final String TOKEN_HASH = "1ec1c26b50d5d3c58d9583181af8076655fe00756bf7285940ba3670f99fcba0";
    private static final String KEY = "operator";
    private static final String KEY_HASH = "06e55b633481f7bb072957eabcf110c972e86691c3cfedabe088024bffe42f23";

    @TempDir
    Path home;

    @Test
    void whatWasAcknowledgedIsInTheStandby() throws Exception {
        try (PrimaryAndStandby databases = PrimaryAndStandby.start(home);
                RunningJar service = RunningJar.start(home.resolve("data"), environment(databases))
                        .up()) {
            Load.Target target = new Load.Target(TOKEN, List.of(service.port()));
            try (Load load =
                    Load.open(target, CONNECTIONS, PER_SECOND, new Mixture(SEED, "failover", CONNECTIONS / 3))) {
                Tally tally = load.tally;
                Await.until("callbacks are recorded", SOON, () -> tally.recorded() > SOME);
                databases.primary().kill();
                Await.until("callbacks are spooled", SOON, () -> tally.spooled() > SOME);
                databases.promote();
                long promoted = System.nanoTime();
                long before = tally.recorded();
                Await.until("callbacks are recorded again", SOON, () -> tally.recorded() > before);
                long again = System.nanoTime();
                Await.until("many are", SOON, () -> tally.recorded() > before + SOME);
                List<Exchange> exchanges = load.stop();
                System.out.printf("recorded again after %d ms: %s%n", (again - promoted) / 1_000_000, tally);
                assertTrue(tally.count(503) + tally.count(0) == 0, "none is refused, none without an answer");
                Audit.check(databases.standby(), new Api(service.port(), KEY), exchanges);
            }
        }
    }

    private static Map<String, String> environment(PrimaryAndStandby databases) {
        return Map.of(
                "QUARKUS_DATASOURCE_JDBC_URL",
                databases.jdbcUrl(),
                "QUARKUS_DATASOURCE_USERNAME",
                databases.username(),
                "QUARKUS_DATASOURCE_PASSWORD",
                databases.password(),
                "FOLDBACK_ACCESS_TOKENS_CHAOS",
                TOKEN_HASH,
                "FOLDBACK_ACCESS_KEYS_CHAOS_HASH",
                KEY_HASH,
                "FOLDBACK_ACCESS_KEYS_CHAOS_ROLE",
                "admin");
    }
}
