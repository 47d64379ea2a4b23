package foldback.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.fold.Histories;
import foldback.fold.Said;
import foldback.fold.StreamKey;
import foldback.ledger.FeedRows.Row;
import foldback.testing.Await;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the feed holds, and how long. Other tests have written into it too. */
class FeedIT {
    private static final Instant NOON = Instant.parse("2025-03-04T12:00:00Z");

    private LedgerFixture ledger;
    private Recording recording;
    private final StreamKey key = LedgerFixture.key(LedgerFixture.freshRule());

    @BeforeEach
    void open() throws SQLException {
        ledger = new LedgerFixture();
        recording = ledger.recording(LedgerFixture.CLOCK);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    private void record(Said said, Instant at) throws SQLException {
        ledger.record(recording, LedgerFixture.callback(Instant.now(), LedgerFixture.reading(key, said, at)));
    }

    private FeedPosition now() throws SQLException {
        try (Connection connection = ledger.database.getConnection()) {
            return FeedRows.bounds(connection).now();
        }
    }

    /** All that is settled behind the place, page by page. */
    private List<Row> behind(FeedPosition place) throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (Connection connection = ledger.database.getConnection()) {
            FeedRows page = FeedRows.behind(connection, place, 3);
            while (!page.rows().isEmpty()) {
                rows.addAll(page.rows());
                page = FeedRows.behind(connection, page.settled(), 3);
            }
        }
        return rows;
    }

    private List<Row> ofStream(UUID stream, FeedPosition place) throws SQLException {
        return behind(place).stream()
                .filter(row -> row.streamId().equals(stream))
                .toList();
    }

    @Test
    void saysWhatAnIncidentWasBeforeEachChange() throws SQLException {
        FeedPosition start = now();
        record(Histories.alert("95"), NOON);
        record(Histories.alert("95"), NOON.plusSeconds(60));
        record(Histories.ok("5"), NOON.plusSeconds(120));
        List<Row> rows = ofStream(key.id(), start);
        assertEquals(3, rows.size());
        assertNull(rows.get(0).was());
        assertEquals(
                new FeedRows.Was(true, false, "WARN", "WARN", NOON), rows.get(1).was());
        assertEquals(
                new FeedRows.Was(true, false, "WARN", "WARN", NOON.plusSeconds(60)),
                rows.get(2).was());
    }

    @Test
    void aSignalThatChangesNoIncidentIsNotInIt() throws SQLException {
        FeedPosition start = now();
        record(Histories.ok("5"), NOON);
        record(Histories.noData(), NOON.plusSeconds(60));
        assertEquals(List.of(), ofStream(key.id(), start));
    }

    @Test
    void whatARebuildWritesIsInItTooWithWhatItWas() throws Exception {
        record(Histories.alert("95"), NOON);
        record(Histories.ok("5"), NOON.plusSeconds(60));
        ledger.execute("update incidents set resolved_at = null, resolved_id = null, resolved_by = null,"
                + " resolved_signal_since = null where stream_id = '" + key.id() + "'");
        FeedPosition start = now();
        Rebuild rebuild = new Rebuild(
                ledger.database,
                ledger.transactions(new KnownHeads()),
                ledger.versions,
                () -> Duration.ZERO,
                LedgerFixture.CLOCK);
        assertTrue(rebuild.begin(false, null), "no other one runs");
        Await.until(
                "the rebuild has finished",
                Duration.ofSeconds(60),
                () -> rebuild.progress().state() == RebuildState.FINISHED);
        List<Row> rows = ofStream(key.id(), start);
        assertEquals(1, rows.size());
        assertEquals(
                new FeedRows.Was(true, false, "WARN", "WARN", NOON.plusSeconds(60)),
                rows.get(0).was());
    }

    @Test
    void aTransactionThatCommitsLateHoldsBackWhatFollowsItAndComesFirst() throws SQLException {
        FeedPosition start = now();
        UUID early = UUID.randomUUID();
        UUID late = UUID.randomUUID();
        List<UUID> read = new ArrayList<>();
        FeedPosition place = start;
        try (Connection first = ledger.database.getConnection();
                Connection second = ledger.database.getConnection()) {
            first.setAutoCommit(false);
            second.setAutoCommit(false);
            write(first, early);
            write(second, late);
            second.commit();
            place = take(place, read);
            assertEquals(List.of(), read, "the later one has committed, the earlier one has not");
            assertTrue(waits(place), "what is held back shows as lag");
            write(first, early);
            first.commit();
        }
        place = take(place, read);
        assertEquals(List.of(early, early, late), read, "in the order of their positions, none left out");
        take(place, read);
        assertEquals(3, read.size(), "none twice");
    }

    private boolean waits(FeedPosition place) throws SQLException {
        try (Connection connection = ledger.database.getConnection()) {
            return !FeedRows.behind(connection, place, 10).waiting().isZero();
        }
    }

    private FeedPosition take(FeedPosition place, List<UUID> into) throws SQLException {
        try (Connection connection = ledger.database.getConnection()) {
            FeedRows page = FeedRows.behind(connection, place, 1000);
            page.rows().stream()
                    .filter(row -> row.streamId().equals(row.incidentId()))
                    .forEach(row -> into.add(row.incidentId()));
            return page.settled();
        }
    }

    private static void write(Connection connection, UUID incident) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("insert into feed (stream_id, incident_id) values ('%1$s', '%1$s')".formatted(incident));
        }
    }

    @Test
    void isShortenedInStepsUpToWhatIsStillKept() throws SQLException {
        Instant before = Instant.now();
        while (prune(before, 10_000)) {
            // What other tests left.
        }
        FeedPosition start = now();
        record(Histories.alert("95"), NOON);
        record(Histories.ok("5"), NOON.plusSeconds(60));
        List<Row> rows = ofStream(key.id(), start);
        Instant later = Instant.now().plusSeconds(60);
        AtomicInteger steps = new AtomicInteger();
        // A step finds nothing where another transaction, of whatever kind, is older than the rows and has not ended.
        Await.until("all rows are gone", Duration.ofSeconds(30), () -> {
            prune(later, 1);
            steps.incrementAndGet();
            return ofStream(key.id(), start).isEmpty();
        });
        assertTrue(steps.get() >= rows.size(), "rows go one at a time: " + steps);
        FeedPosition kept = start();
        assertTrue(!kept.isBefore(rows.get(1).position()), "known although the feed is empty: " + kept);
        prune(Instant.EPOCH, 100);
        assertEquals(kept, start(), "nothing older, nothing lost");
    }

    @Test
    void whatARestoredDatabaseBringsOfItsFormerLifeIsForgotten() throws SQLException {
        ledger.execute(
                "insert into feed (xid, stream_id, incident_id) values ('999999999999', gen_random_uuid(), gen_random_uuid())");
        ledger.execute("update feed_start set xid = '999999999999', number = 1");
        prune(Instant.EPOCH, 100);
        assertEquals(0, ledger.count("select count(*) from feed where xid >= '999999999999'"));
        FeedPosition start = start();
        assertTrue(start.xid() < 999_999_999_999L, "begins anew: " + start);
        record(Histories.alert("95"), NOON);
        assertEquals(1, ofStream(key.id(), start).size());
    }

    private boolean prune(Instant before, int atMost) throws SQLException {
        try (Connection connection = ledger.database.getConnection()) {
            connection.setAutoCommit(false);
            boolean more = Feed.prune(connection, before, atMost);
            connection.commit();
            return more;
        }
    }

    private FeedPosition start() throws SQLException {
        try (Connection connection = ledger.database.getConnection()) {
            return FeedRows.bounds(connection).start();
        }
    }
}
