package foldback.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One data directory serves all tests of the class: it is unpacked once, and started often, as in life. */
class EmbeddedPostgresIT {
    @TempDir
    static Path dataDir;

    @ParameterizedTest
    @ValueSource(strings = {"fsync", "full_page_writes", "synchronous_commit"})
    void writesDurably(String setting) throws SQLException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(dataDir)) {
            assertEquals("on", ask(postgres, "show " + setting));
        }
    }

    @Test
    void theApplicationOwnsItsDatabaseAndIsNoSuperuser() throws SQLException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(dataDir)) {
            assertEquals("off", ask(postgres, "show is_superuser"));
            assertEquals(
                    "foldback", ask(postgres, "select datdba::regrole from pg_database where datname = 'foldback'"));
        }
    }

    @Test
    void aLaterStartFindsTheDataOfTheFormer() throws SQLException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(dataDir)) {
            run(postgres, "create table kept as select 42 as answer");
        }
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(dataDir)) {
            assertEquals("42", ask(postgres, "select answer from kept"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "foldback"})
    void nobodyConnectsWithoutThePassword(String user) {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(dataDir)) {
            SQLException refused = assertThrows(
                    SQLException.class, () -> DriverManager.getConnection(postgres.jdbcUrl(), user, "guess"));
            assertEquals("28P01", refused.getSQLState());
        }
    }

    @Test
    void otherUsersOfTheMachineSeeNothing() throws IOException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(dataDir)) {
            assertFalse(postgres.password().isEmpty());
            assertEquals("rwx------", permissions(dataDir));
            assertEquals("rwx------", permissions(dataDir.resolve("postgresql")));
            assertEquals("rw-------", permissions(dataDir.resolve("credentials")));
        }
    }

    @Test
    void aSecondOneOnTheSameDirectoryIsRefusedAndTouchesNothing() throws SQLException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(dataDir)) {
            var refused = assertThrows(EmbeddedPostgres.Unavailable.class, () -> EmbeddedPostgres.start(dataDir));
            assertTrue(refused.getMessage().contains("is in use by another Foldback"), refused::getMessage);
            assertEquals("1", ask(postgres, "select 1"));
        }
    }

    @Test
    void aServerThatDiesIsStartedAgainOnItsPort() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(dataDir)) {
            run(postgres, "create table survives as select 7 as lucky");
            assertTrue(server().destroyForcibly());
            Await.until("PostgreSQL answers again", Duration.ofSeconds(30), () -> ask(
                            postgres, "select lucky from survives")
                    .equals("7"));
        }
    }

    @Test
    void aStartWaitsForTheLastProcessOfAServerThatWasKilled() throws Exception {
        EmbeddedPostgres killed = EmbeddedPostgres.start(dataDir);
        ProcessHandle backend = stuckBackend(killed);
        ProcessHandle server = server();
        assertTrue(server.destroyForcibly());
        killed.close();
        Await.until("its first process has ended", Duration.ofSeconds(2), () -> !server.isAlive());
        CompletableFuture<EmbeddedPostgres> start =
                CompletableFuture.supplyAsync(() -> EmbeddedPostgres.start(dataDir));
        Await.until("PostgreSQL has refused to start beside it", Duration.ofSeconds(10), () -> Files.readString(
                        dataDir.resolve("postgresql-start.log"))
                .contains("still in use"));
        assertTrue(backend.destroyForcibly());
        try (EmbeddedPostgres next = start.get(30, TimeUnit.SECONDS)) {
            assertEquals("1", ask(next, "select 1"));
        }
    }

    /** A process of the server that does not notice that the first one is gone, as one deep in a computation does not. */
    private static ProcessHandle stuckBackend(EmbeddedPostgres postgres) throws Exception {
        try (Connection connection = connect(postgres);
                ResultSet answer = connection.createStatement().executeQuery("select pg_backend_pid()")) {
            answer.next();
            ProcessHandle backend = ProcessHandle.of(answer.getLong(1)).orElseThrow();
            assertEquals(
                    0,
                    new ProcessBuilder("kill", "-STOP", Long.toString(backend.pid()))
                            .start()
                            .waitFor());
            return backend;
        }
    }

    @Test
    void closingStopsTheServer() throws Exception {
        EmbeddedPostgres postgres = EmbeddedPostgres.start(dataDir);
        ProcessHandle server = server();
        assertTrue(server.isAlive());
        postgres.close();
        Await.until("the process has ended", Duration.ofSeconds(2), () -> !server.isAlive());
    }

    private static ProcessHandle server() throws IOException {
        Path pidFile = dataDir.resolve("postgresql/postmaster.pid");
        return ProcessHandle.of(Long.parseLong(Files.readAllLines(pidFile).get(0)))
                .orElseThrow();
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static String ask(EmbeddedPostgres postgres, String query) throws SQLException {
        try (Connection connection = connect(postgres);
                ResultSet answer = connection.createStatement().executeQuery(query)) {
            answer.next();
            return answer.getString(1);
        }
    }

    private static void run(EmbeddedPostgres postgres, String statement) throws SQLException {
        try (Connection connection = connect(postgres)) {
            connection.createStatement().execute(statement);
        }
    }

    private static Connection connect(EmbeddedPostgres postgres) throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl(), postgres.username(), postgres.password());
    }
}
