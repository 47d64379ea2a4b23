package foldback.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.testing.Cable;
import foldback.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

/** However a copy ends, the connection is of use behind it, and each of its answers is that to the question before it. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class CopiedRowsIT {
    @Inject
    DataSource database;

    @ConfigProperty(name = "quarkus.datasource.username")
    String username;

    @ConfigProperty(name = "quarkus.datasource.password")
    String password;

    private Connection connection;

    @BeforeEach
    void connect() throws SQLException {
        connection = database.getConnection();
        connection.setAutoCommit(false);
    }

    @AfterEach
    void theConnectionIsInStep() throws SQLException {
        try (Connection copied = connection) {
            copied.rollback();
            for (int number = 1; number <= 5; number++) {
                try (Statement statement = copied.createStatement();
                        ResultSet rows = statement.executeQuery("select " + number)) {
                    assertTrue(rows.next());
                    assertEquals(number, rows.getInt(1));
                }
                copied.commit();
            }
        }
    }

    private CopiedRows copied(String query, int columns) throws SQLException {
        return new CopiedRows(connection.unwrap(PGConnection.class), query, columns);
    }

    @Test
    void everyTypeIsRead() throws SQLException {
        String query = "select '数据'::text, 'a0000000-0000-7000-8000-00000000000b'::uuid,"
                + " '1969-12-31T23:59:59.999999Z'::timestamptz, -7, 8000000000, true";
        try (CopiedRows rows = copied(query, 6)) {
            assertTrue(rows.next());
            assertEquals("数据", rows.text());
            assertEquals(UUID.fromString("a0000000-0000-7000-8000-00000000000b"), rows.uuid());
            assertEquals(Instant.parse("1969-12-31T23:59:59.999999Z"), rows.instant());
            assertEquals(-7, rows.integer());
            assertEquals(8_000_000_000L, rows.bigint());
            assertEquals(true, rows.truth());
            assertFalse(rows.next());
        }
    }

    @Test
    void nullIsReadAsSuch() throws SQLException {
        String query = "select null::text, null::uuid, null::timestamptz, null::int, null::bigint, null::boolean";
        try (CopiedRows rows = copied(query, 6)) {
            assertTrue(rows.next());
            assertNull(rows.text());
            assertNull(rows.uuid());
            assertNull(rows.instant());
            assertNull(rows.integer());
            assertNull(rows.bigint());
            assertNull(rows.truth());
            assertFalse(rows.next());
        }
    }

    @Test
    void noneAreNone() throws SQLException {
        try (CopiedRows rows = copied("select 1 where false", 1)) {
            assertFalse(rows.next());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 1000, 100_000_000})
    void someCanBeLeft(int all) throws SQLException {
        try (CopiedRows rows = copied("select generate_series(1, " + all + ")", 1)) {
            for (int number = 1; number <= 3; number++) {
                assertTrue(rows.next());
                assertEquals(number, rows.integer());
            }
        }
    }

    @Test
    void theDatabaseFailsMidway() throws SQLException {
        try (CopiedRows rows = copied("select 1 / (1000 - n) from generate_series(1, 100000) n", 1)) {
            SQLException failure = assertThrows(SQLException.class, () -> {
                while (rows.next()) {
                    rows.integer();
                }
            });
            assertEquals("22012", failure.getSQLState());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"select 1 from pg_sleep(3)", "select generate_series(1, 100000000)"})
    void aLostConnectionIsNotWaitedFor(String query) throws Exception {
        String url = connection.getMetaData().getURL();
        int port = URI.create(url.substring("jdbc:".length())).getPort();
        try (Cable cable = Cable.to(port);
                Connection lost =
                        DriverManager.getConnection(url.replace(":" + port, ":" + cable.port()), username, password)) {
            lost.setAutoCommit(false);
            CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS).execute(() -> cut(cable));
            assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
                assertThrows(SQLException.class, () -> readAll(lost, query));
                assertThrows(SQLException.class, lost::rollback);
            });
        }
    }

    private static void cut(Cable cable) {
        try {
            cable.cut();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void readAll(Connection connection, String query) throws SQLException {
        try (CopiedRows rows = new CopiedRows(connection.unwrap(PGConnection.class), query, 1)) {
            while (rows.next()) {
                rows.integer();
            }
        }
    }

    @Test
    void whatIsNotAskedForIsRefused() throws SQLException {
        try (CopiedRows rows = copied("select 1, 2", 3)) {
            assertThrows(IllegalStateException.class, rows::next);
        }
        connection.rollback();
        try (CopiedRows rows = copied("select 1::smallint", 1)) {
            assertTrue(rows.next());
            assertThrows(IllegalStateException.class, rows::integer);
        }
    }
}
