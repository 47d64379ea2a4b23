package foldback;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import foldback.embedded.EmbeddedPostgres;
import foldback.testing.Await;
import foldback.testing.FreePort;
import foldback.testing.RunningJar;
import foldback.testing.Tools;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged jar before a PgBouncer that gives each transaction another connection. */
class PgBouncerIT {
    /** Each is asked so often that the pool's connections have had it before. */
    private static final int ROUNDS = 5;

    private static final String TOKEN = "s3cret";
    private static final String TOKEN_HASH = "1ec1c26b50d5d3c58d9583181af8076655fe00756bf7285940ba3670f99fcba0";
    private static final String KEY = "operator";
    private static final String KEY_HASH = "06e55b633481f7bb072957eabcf110c972e86691c3cfedabe088024bffe42f23";

    private static final List<String> QUESTIONS = List.of(
            "/api/incidents?count=exact",
            "/api/incidents?q=cpu&sort=duration",
            "/api/incidents?asOf=2025-03-04T02:00:00Z",
            "/api/incidents/summary?groupBy=ruleId",
            "/api/events",
            "/api/streams?q=cpu",
            "/api/quarantine",
            "/api/completeness?recount=true",
            "/api/reports/resolution-time?groupBy=level&since=2025-01-01T00:00:00Z",
            "/api/reports/resolution-time.xlsx",
            "/api/reports/distribution",
            "/api/reports/noise",
            "/api/rebuild");

    @TempDir
    static Path home;

    private static EmbeddedPostgres postgres;
    private static Process bouncer;
    private static RunningJar service;

    @BeforeAll
    static void start() throws Exception {
        Tools.require("pgbouncer");
        postgres = EmbeddedPostgres.start(home.resolve("postgres"));
        int port = FreePort.find();
        bouncer = bouncer(port);
        service = RunningJar.start(home.resolve("data"), environment(port)).up();
    }

    @AfterAll
    static void stop() {
        if (service != null) {
            service.close();
        }
        if (bouncer != null) {
            bouncer.destroy();
        }
        if (postgres != null) {
            postgres.close();
        }
    }

    private static Process bouncer(int port) throws IOException {
        URI database = URI.create(postgres.jdbcUrl().substring("jdbc:".length()));
        Path settings = Files.writeString(home.resolve("pgbouncer.ini"), """
                [databases]
                foldback = host=127.0.0.1 port=%d dbname=foldback user=%s password=%s
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = any
                pool_mode = transaction
                server_round_robin = 1
                ignore_startup_parameters = extra_float_digits
                """.formatted(
                        database.getPort(), postgres.username(), postgres.password(), port));
        List<String> command = new ArrayList<>(List.of("pgbouncer", "--quiet", settings.toString()));
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("--user", "nobody"));
        }
        return new ProcessBuilder(command).inheritIO().start();
    }

    private static Map<String, String> environment(int port) {
        Map<String, String> environment = new HashMap<>();
        environment.put(
                "QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://127.0.0.1:" + port + "/foldback?prepareThreshold=0");
        environment.put("QUARKUS_FLYWAY_JDBC_URL", postgres.jdbcUrl());
        for (String of : List.of("QUARKUS_DATASOURCE", "QUARKUS_FLYWAY")) {
            environment.put(of + "_USERNAME", postgres.username());
            environment.put(of + "_PASSWORD", postgres.password());
        }
        environment.put("FOLDBACK_ACCESS_TOKENS_CLOUDMONITOR", TOKEN_HASH);
        environment.put("FOLDBACK_ACCESS_KEYS_OPERATOR_HASH", KEY_HASH);
        environment.put("FOLDBACK_ACCESS_KEYS_OPERATOR_ROLE", "admin");
        return environment;
    }

    @Test
    void recordsAndAnswersAllTheSame() {
        for (int round = 0; round < ROUNDS; round++) {
            String id = post("ALERT", 2 * round);
            QUESTIONS.forEach(question -> answered(asked().get(question)));
            for (String list : List.of("/api/events", "/api/incidents")) {
                answered(asked().accept("text/csv").get(list));
                answered(asked().accept("application/x-ndjson").get(list));
            }
            answered(asked().header("Idempotency-Key", "k" + round).post("/api/incidents/" + id + "/acknowledge"));
            answered(asked().get("/api/incidents/" + id + "?include=explain"));
            answered(asked().get("/api/incidents/" + id + "/timeline"));
            post("OK", 2 * round + 1);
        }
        answered(asked().post("/api/rebuild"));
        Await.until("folded again", Duration.ofSeconds(30), () -> "finished"
                .equals(asked().get("/api/rebuild").path("state")));
        Response complete = answered(asked().get("/api/completeness"));
        assertEquals(2 * ROUNDS, (int) complete.path("recorded"), complete.asString());
        assertEquals(ROUNDS, (int)
                asked().get("/api/incidents?status=resolved&count=exact").path("count"));
        assertFalse(service.output().contains("ERROR"), service::output);
    }

    /** And returns the incident that its event is in. */
    private static String post(String state, int second) {
        return answered(given().port(service.port())
                        .contentType("application/json")
                        .body("{\"ruleId\":\"r\",\"alertName\":\"cpu\",\"alertState\":\"%s\",\"timestamp\":%d}"
                                .formatted(state, 1_741_054_000 + second))
                        .post("/callbacks/" + TOKEN))
                .path("events[0].incidentId");
    }

    private static RequestSpecification asked() {
        return given().port(service.port())
                .header("Authorization", "Bearer " + KEY)
                .contentType("application/json");
    }

    private static Response answered(Response answer) {
        assertEquals(2, answer.statusCode() / 100, () -> answer.asString() + service.output());
        return answer;
    }
}
