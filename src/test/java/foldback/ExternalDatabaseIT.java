package foldback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.embedded.EmbeddedPostgres;
import foldback.testing.RawHttp;
import foldback.testing.RunningJar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged jar on a PostgreSQL that it has not started. */
class ExternalDatabaseIT {
    @TempDir
    static Path home;

    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void start() {
        postgres = EmbeddedPostgres.start(home.resolve("postgres"));
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    private static Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        environment.put("QUARKUS_DATASOURCE_JDBC_URL", postgres.jdbcUrl());
        environment.put("QUARKUS_DATASOURCE_USERNAME", postgres.username());
        environment.put("QUARKUS_DATASOURCE_PASSWORD", postgres.password());
        environment.put("FOLDBACK_ACCESS_TOKENS_CLOUDMONITOR", "a".repeat(64));
        environment.put("FOLDBACK_ACCESS_KEYS_OPERATOR_HASH", "b".repeat(64));
        environment.put("FOLDBACK_ACCESS_KEYS_OPERATOR_ROLE", "admin");
        return environment;
    }

    private static void alterRole(String setting) throws SQLException {
        try (Connection connection =
                DriverManager.getConnection(postgres.jdbcUrl(), postgres.username(), postgres.password())) {
            connection.createStatement().execute("alter role foldback " + setting);
        }
    }

    @Test
    void withATokenAndAKeyItRunsAndStartsNoDatabaseOfItsOwn() throws Exception {
        Path unused = home.resolve("unused");
        try (RunningJar service = RunningJar.start(unused, environment()).up()) {
            String ready = RawHttp.ask(service.managementPort(), "GET /q/health/ready HTTP/1.1");
            assertTrue(ready.startsWith("HTTP/1.1 200 "), ready);
            assertTrue(service.output().contains("/callbacks/<token>"), service::output);
            assertFalse(service.output().contains(postgres.password()), service::output);
            assertFalse(Files.exists(unused.resolve("postgresql")));
        }
    }

    @Test
    void aDatabaseThatForgetsIsRefused() throws Exception {
        alterRole("set synchronous_commit = off");
        try {
            RunningJar refused = RunningJar.start(home.resolve("unused"), environment());
            assertEquals(1, refused.exitCode(Duration.ofSeconds(30)));
            assertTrue(refused.output().contains("synchronous_commit off"), refused::output);
            assertFalse(refused.output().contains("Exception"), refused::output);
        } finally {
            alterRole("reset synchronous_commit");
        }
    }
}
