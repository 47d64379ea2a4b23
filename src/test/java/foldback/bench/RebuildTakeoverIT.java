package foldback.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.testing.Await;
import foldback.testing.RunningJar;
import io.restassured.RestAssured;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rebuild whose process is killed half way is gone on with by another one, from where it was, and its counts stay right. */
class RebuildTakeoverIT {
    private static final int SIGNALS = 150_000;
    private static final int STREAMS = 600;
    private static final String FINGERPRINT = "select sum(hashtextextended(i::text, 0)) % 1000000007 from incidents i";

    @TempDir
    Path home;

    @Test
    void aKilledHalfDoneRebuildGoesOnWhereItWas() throws Exception {
        try (StoredDatabase database = StoredDatabase.open(home.resolve("data"), SIGNALS, STREAMS)) {
            long before = database.count(FINGERPRINT);
            long events = database.count("select count(*) from events");
            database.execute("truncate incidents");
            long done = killHalfWay(database);
            assertTrue(done > 0 && done < events, done + " of " + events + " were done");
            assertEquals(
                    database.count("select count(*) from incidents"),
                    database.count("select differing from rebuilds"),
                    "what is written is counted, and nothing else is");
            try (RunningJar next = RunningJar.start(home.resolve("next"), environment(database))
                    .up()) {
                Await.until(
                        "the rebuild is finished",
                        Duration.ofSeconds(60),
                        () -> database.count("select count(*) from rebuilds where state = 'finished'") == 1);
                assertTrue(next.output().contains("going on with the rebuild"), next::output);
            }
            assertEquals(events, database.count("select done from rebuilds"), "no event is folded twice");
            assertEquals(SIGNALS / Stored.SIGNALS, database.count("select differing from rebuilds"));
            assertEquals(before, database.count(FINGERPRINT), "the incidents are what they were, ids included");
        }
    }

    private long killHalfWay(StoredDatabase database) throws Exception {
        try (RunningJar service =
                RunningJar.start(home.resolve("killed"), environment(database)).up()) {
            RestAssured.given()
                    .header("Authorization", "Bearer takeover")
                    .post("http://127.0.0.1:" + service.port() + "/api/rebuild")
                    .then()
                    .statusCode(202);
            Await.until("some of it is done", Duration.ofSeconds(30), () -> done(database) > 0);
            service.kill();
        }
        Await.until(
                "its connections are gone",
                Duration.ofSeconds(30),
                () -> database.count(
                                "select count(*) from pg_stat_activity where application_name = 'PostgreSQL JDBC Driver' and state like '%in transaction%'")
                        == 0);
        assertEquals(1, database.count("select count(*) from rebuilds where state = 'running'"));
        return done(database);
    }

    private static long done(StoredDatabase database) throws SQLException {
        return database.count("select coalesce(max(done), 0) from rebuilds");
    }

    private static Map<String, String> environment(StoredDatabase database) {
        Map<String, String> environment = new HashMap<>(database.environment());
        environment.put("FOLDBACK_ACCESS_TOKENS_TAKEOVER", "a".repeat(64));
        environment.put("FOLDBACK_ACCESS_KEYS_TAKEOVER_HASH", Sha256.hex("takeover"));
        environment.put("FOLDBACK_ACCESS_KEYS_TAKEOVER_ROLE", "admin");
        return environment;
    }
}
