package foldback.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.database.Together;
import foldback.fold.Display;
import foldback.fold.Said;
import foldback.fold.Signal;
import foldback.fold.StreamKey;
import foldback.testing.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A head knows when its stream last recorded something, by the clock of the database. */
class RecordedAtIT {
    private static final Instant AT = Instant.parse("2025-03-04T02:00:00Z");

    private LedgerFixture ledger;
    private final StreamKey key = LedgerFixture.key(LedgerFixture.freshRule());
    private final UUID stream = key.id();

    @BeforeEach
    void open() throws SQLException {
        ledger = new LedgerFixture();
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void itIsThatOfItsLatestEvent() throws SQLException {
        for (int minute = 0; minute < 3; minute++) {
            record(Signal.ALERT, minute);
            assertEquals(latestEvent(), head());
        }
        Actions actions = new Actions(ledger.transactions(new KnownHeads()), ledger.versions, LedgerFixture.CLOCK);
        UUID incident = ledger.incidents(stream).get(0).id();
        for (Action.Kind kind : List.of(Action.Kind.NOTE, Action.Kind.ACKNOWLEDGE, Action.Kind.RESOLVE)) {
            actions.act(new Action(stream, incident, kind, "ana", "seen", null, "127.0.0.1", null), null);
            assertEquals(latestEvent(), head(), kind + " is recorded too");
        }
    }

    @Test
    void aRebuildLeavesIt() throws Exception {
        record(Signal.ALERT, 0);
        record(Signal.OK, 1);
        String before = head();
        long version = ledger.head(stream).version();
        ledger.execute("update stream_heads set stray_count = 7 where stream_id = '" + stream + "'");
        try (Connection connection = ledger.database.getConnection()) {
            connection.setAutoCommit(false);
            var heads = StreamHeads.lockBare(connection, List.of(stream));
            RangeFold.Result result = new RangeFold(
                            connection,
                            ledger.versions.current(connection).fold(),
                            ledger.versions.current(connection).number(),
                            new RebuildWrites(connection))
                    .run(List.of(stream), heads);
            StreamHeads.writeRefolded(connection, result.heads());
            connection.commit();
        }
        assertEquals(0, ledger.head(stream).counts().strays(), "it was rebuilt");
        assertTrue(ledger.head(stream).version() > version, "and written");
        assertEquals(before, head());
    }

    @Test
    void whoBeganEarlierAndComesLaterDoesNotTurnItBack() throws Exception {
        record(Signal.ALERT, 0);
        try (Connection early = ledger.database.getConnection()) {
            early.setAutoCommit(false);
            early.createStatement().execute("select now()");
            record(Signal.ALERT, 1);
            String later = head();
            Together writing = new Together();
            StreamHeads.write(writing, List.of(LedgerFixture.head(early, stream)));
            writing.run(early);
            early.commit();
            assertEquals(later, head());
        }
    }

    @Test
    void noIndexHasItSoThatHeadsAreUpdatedInPlace() throws SQLException {
        List<String> indexed = Sql.rows(ledger.database, """
                select i.indexrelid::regclass || ' ' || a.attname from pg_index i
                join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
                where i.indrelid = 'stream_heads'::regclass
                """);
        assertEquals(List.of("stream_heads_key stream_id"), new ArrayList<>(indexed));
    }

    private void record(Signal signal, int minute) throws SQLException {
        Said said = new Said(signal, null, null, null, null, Display.of("cpu", "acs_ecs", "cpu_total"));
        ledger.record(
                ledger.recording(LedgerFixture.CLOCK),
                LedgerFixture.callback(Instant.now(), LedgerFixture.reading(key, said, AT.plusSeconds(60L * minute))));
    }

    private String head() throws SQLException {
        return Sql.rows(ledger.database, "select recorded_at from stream_heads where stream_id = '" + stream + "'")
                .get(0);
    }

    private String latestEvent() throws SQLException {
        return Sql.rows(ledger.database, "select max(recorded_at) from events where stream_id = '" + stream + "'")
                .get(0);
    }
}
