package foldback;

import static io.restassured.RestAssured.given;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.embedded.EmbeddedPostgres;
import foldback.testing.Await;
import foldback.testing.Cable;
import foldback.testing.RawHttp;
import foldback.testing.RunningJar;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The packaged jar and a database that is away: cut off, silent, and not there at the start. One life, in order. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OutageIT {
    private static final String SECRET = "callback-token-of-this-test";
    private static final String KEY = "api-key-of-this-test";
    private static final Duration SOON = Duration.ofSeconds(40);

    @TempDir
    static Path home;

    private static EmbeddedPostgres postgres;
    private static Cable cable;

    @BeforeAll
    static void start() throws IOException {
        postgres = EmbeddedPostgres.start(home.resolve("postgres"));
        cable = Cable.to(
                URI.create(postgres.jdbcUrl().substring("jdbc:".length())).getPort());
    }

    @AfterAll
    static void stop() throws IOException {
        cable.close();
        postgres.close();
    }

    private static RunningJar service() throws Exception {
        return service(Map.of());
    }

    private static RunningJar service(Map<String, String> settings) throws Exception {
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://127.0.0.1:" + cable.port() + "/foldback");
        environment.put("QUARKUS_DATASOURCE_USERNAME", postgres.username());
        environment.put("QUARKUS_DATASOURCE_PASSWORD", postgres.password());
        environment.put("FOLDBACK_ACCESS_TOKENS_CLOUDMONITOR", sha256(SECRET));
        environment.put("FOLDBACK_ACCESS_KEYS_OPERATOR_HASH", sha256(KEY));
        environment.put("FOLDBACK_ACCESS_KEYS_OPERATOR_ROLE", "admin");
        environment.put("FOLDBACK_REPLICA", "the-one");
        return RunningJar.start(home.resolve("data"), environment);
    }

    private static String sha256(String secret) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest);
    }

    @Test
    @Order(1)
    void theVeryFirstStartNeedsItsDatabase() throws Exception {
        cable.cut();
        assertEquals(1, service().exitCode(Duration.ofSeconds(40)));
        cable.plug();
    }

    @Test
    @Order(2)
    void whileTheDatabaseIsCutOffEverythingIsSpooledAndSurvivesAKill() throws Exception {
        RunningJar service = service().up();
        for (int n = 0; n < 3; n++) {
            post(service, alert(n)).body("status", equalTo("recorded"));
        }
        cable.cut();
        spooled(post(service, alert(3)).time(lessThan(4000L)));
        for (int n = 4; n < 8; n++) {
            spooled(post(service, alert(n)).time(lessThan(1900L)));
        }
        spooled(post(service, alert(0)));
        spooled(post(service, "neither one nor the other"));
        String ready = RawHttp.ask(service.managementPort(), "GET /q/health/ready HTTP/1.1");
        assertTrue(ready.startsWith("HTTP/1.1 200 ") && ready.contains("\"away\""), ready);
        String metrics = RawHttp.ask(service.managementPort(), "GET /q/metrics HTTP/1.1");
        assertTrue(metrics.contains("foldback_spool_entries_callbacks 7.0"), metrics);
        assertTrue(metrics.contains("foldback_database_away 1.0"), metrics);
        assertTrue(metrics.contains("foldback_callbacks_total{outcome=\"recorded\"} 3.0"), metrics);
        assertTrue(metrics.contains("foldback_callbacks_total{outcome=\"spooled\"} 7.0"), metrics);
        asked(service).get("/api/incidents").then().statusCode(503);
        asked(service).get("/api/completeness").then().statusCode(503);
        RunningJar second = service();
        assertEquals(1, second.exitCode(Duration.ofSeconds(40)));
        assertTrue(second.output().contains("spool is in use by another Foldback (process "), second::output);
        service.kill();
    }

    @Test
    @Order(3)
    void aStartWithoutTheDatabaseSpoolsAndFoldsAllOnceItIsThere() throws Exception {
        try (RunningJar service = service().up()) {
            spooled(post(service, alert(8)).time(lessThan(1900L)));
            cable.plug();
            accountedFor(service, 9, 1, 1);
            asked(service)
                    .get("/api/quarantine")
                    .then()
                    .body("items.body", equalTo(List.of("neither one nor the other")));
            post(service, alert(9)).body("status", equalTo("recorded"));
        }
    }

    @Test
    @Order(4)
    void aConnectionThatFallsSilentHoldsNothingUpAndComesBackWithoutAHand() throws Exception {
        // So that idle connections are looked at while they are silent, as they are in a longer silence.
        Map<String, String> often = Map.of("QUARKUS_DATASOURCE_JDBC_BACKGROUND_VALIDATION_INTERVAL", "1s");
        try (RunningJar service = service(often).up()) {
            post(service, alert(10)).body("status", equalTo("recorded"));
            cable.silence();
            CompletableFuture<Integer> question = CompletableFuture.supplyAsync(
                    () -> asked(service).get("/api/incidents").statusCode());
            for (int n = 11; n < 15; n++) {
                spooled(post(service, alert(n)).time(lessThan(4000L)));
            }
            spooled(post(service, "neither one nor the other, later").time(lessThan(4000L)));
            cable.plug();
            accountedFor(service, 15, 1, 2);
            post(service, alert(15)).body("status", equalTo("recorded"));
            // Given up, or answered where the silence was shorter than its patience: it does not hang.
            assertThat(question.get(SOON.toSeconds(), TimeUnit.SECONDS), anyOf(equalTo(503), equalTo(200)));
        }
    }

    @Test
    @Order(5)
    void whatWasFoldedLateIsWhatARebuildFolds() throws Exception {
        try (RunningJar service = service().up()) {
            asked(service).post("/api/rebuild?dryRun=true").then().statusCode(202);
            Await.until("the rebuild is finished", SOON, () -> "finished"
                    .equals(asked(service).get("/api/rebuild").then().extract().path("state")));
            asked(service).get("/api/rebuild").then().body("done", equalTo(16)).body("differing", equalTo(0));
            asked(service)
                    .get("/api/incidents")
                    .then()
                    .body("items.size()", equalTo(1))
                    .body("items[0].alertCount", equalTo(16));
        }
    }

    private static void accountedFor(RunningJar service, int recorded, int duplicate, int quarantined) {
        Await.until("the spool is empty", SOON, () -> {
            JsonPath account = asked(service).get("/api/completeness").jsonPath();
            return account.getInt("spooled") == 0 && account.getInt("inFlight") == 0;
        });
        for (String path : new String[] {"/api/completeness", "/api/completeness?recount=true"}) {
            asked(service)
                    .get(path)
                    .then()
                    .body("agrees", equalTo(true))
                    .body("received", equalTo(recorded + duplicate + quarantined))
                    .body("recorded", equalTo(recorded))
                    .body("duplicate", equalTo(duplicate))
                    .body("quarantined", equalTo(quarantined))
                    .body("spools.replica", equalTo(List.of("the-one")));
        }
    }

    private static String alert(int n) {
        return "userId=1&ruleId=outage&alertState=ALERT&dimensions={n=1}&curValue=" + n + "&timestamp="
                + (1_741_054_000 + n);
    }

    private static ValidatableResponse post(RunningJar service, String body) {
        return given().contentType("text/plain")
                .body(body)
                .post("http://127.0.0.1:" + service.port() + "/callbacks/" + SECRET)
                .then();
    }

    private static void spooled(ValidatableResponse answer) {
        answer.statusCode(200).body("status", equalTo("spooled")).body("callbackId", notNullValue());
    }

    private static RequestSpecification asked(RunningJar service) {
        return given().baseUri("http://127.0.0.1").port(service.port()).header("Authorization", "Bearer " + KEY);
    }
}
