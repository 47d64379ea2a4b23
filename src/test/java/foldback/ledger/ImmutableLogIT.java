package foldback.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.fold.Histories;
import foldback.fold.StreamKey;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the database itself refuses, whatever the application does. */
class ImmutableLogIT {
    private static LedgerFixture ledger;

    @BeforeAll
    static void connect() throws SQLException {
        ledger = new LedgerFixture();
    }

    @AfterAll
    static void disconnect() {
        ledger.close();
    }

    @ParameterizedTest
    @MethodSource("logTables")
    void refusesToChangeTheLogOrAnyPartOfIt(String table) {
        for (String sql : List.of("update %s set callback_id = null", "delete from %s", "truncate %s")) {
            SQLException refused = assertThrows(SQLException.class, () -> ledger.execute(sql.formatted(table)));
            assertEquals("42501", refused.getSQLState(), refused.getMessage());
        }
    }

    @Test
    void refusesEvenThoseWhomPrivilegesDoNotBind() throws SQLException {
        String sql =
                "select count(*) from pg_trigger t join pg_class c on c.oid = t.tgrelid where t.tgname = 'immutable'"
                        + " and t.tgenabled = 'O' and c.relname ~ '^(events|deliveries|shared_bodies)'";
        assertEquals(logTables().count(), ledger.count(sql));
    }

    @Test
    void hasPartitionsForThirteenMonthsBackAndTwoAhead() throws SQLException {
        assertTrue(logTables()
                        .filter(table -> table.matches("events_\\d{4}_\\d{2}"))
                        .count()
                >= 16);
        assertEquals(0, ledger.count("select make_event_partitions(13, 2)"));
    }

    @Test
    void refusesASecondOpenIncidentOnAStream() throws SQLException {
        StreamKey key = LedgerFixture.key(LedgerFixture.freshRule());
        Instant at = Instant.parse("2025-03-04T10:00:00Z");
        ledger.record(
                ledger.recording(LedgerFixture.CLOCK),
                LedgerFixture.callback(at, LedgerFixture.reading(key, Histories.alert("1"), at)));
        String copy =
                "insert into incidents select (jsonb_populate_record(i, jsonb_build_object('id', gen_random_uuid()))).*"
                        + " from incidents i where stream_id = '" + key.id() + "'";
        SQLException refused = assertThrows(SQLException.class, () -> ledger.execute(copy));
        assertTrue(refused.getMessage().contains("incidents_one_open"), refused.getMessage());
    }

    static Stream<String> logTables() throws SQLException {
        String sql = "select relname from pg_class where relkind in ('r', 'p')"
                + " and relname ~ '^(events|deliveries|shared_bodies)' order by relname";
        List<String> tables = new ArrayList<>();
        try (LedgerFixture own = new LedgerFixture();
                Connection connection = own.database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return tables.stream();
    }
}
