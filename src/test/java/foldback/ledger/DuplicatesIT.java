package foldback.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.fold.Effect;
import foldback.fold.Histories;
import foldback.fold.Level;
import foldback.fold.Said;
import foldback.fold.Signal;
import foldback.fold.StreamKey;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** When a signal is the same one again, and what is kept of that. */
class DuplicatesIT {
    private static final Instant NOW = Instant.parse("2025-03-04T12:00:00Z");
    private static final Said ALERT = Histories.alert("95");
    private static LedgerFixture ledger;

    private final StreamKey key = LedgerFixture.key(LedgerFixture.freshRule());
    private final Recording recording = ledger.recording(LedgerFixture.CLOCK);

    @BeforeAll
    static void connect() throws SQLException {
        ledger = new LedgerFixture();
    }

    @AfterAll
    static void disconnect() {
        ledger.close();
    }

    @Test
    void theSameSignalAgainIsADeliveryOfTheFirstEvent() throws SQLException {
        Outcome.Entry first = entry(record(ALERT, NOW, NOW));
        Outcome again = record(ALERT, NOW, NOW.plusSeconds(5));
        Outcome.Entry entry = entry(again);
        assertInstanceOf(Outcome.Duplicate.class, again);
        assertEquals(first.eventId(), entry.eventId());
        assertEquals(first.incidentId(), entry.incidentId());
        assertTrue(entry.duplicate());
        assertEquals(Effect.NONE, entry.effect());
        assertEquals(1, events());
        assertEquals(1, deliveries());
        assertEquals(1, ledger.head(key.id()).counts().duplicates());
    }

    @Test
    void itIsKnownLongAfterwardsAndInsideALaterIncidentsTime() throws SQLException {
        Outcome.Entry first = entry(record(ALERT, NOW, NOW));
        record(Histories.ok("1"), NOW.plusSeconds(60), NOW);
        record(ALERT, NOW.plusSeconds(120), NOW);
        Outcome.Entry entry = entry(record(ALERT, NOW, NOW.plus(Duration.ofDays(3))));
        assertEquals(first.eventId(), entry.eventId());
        assertEquals(first.incidentId(), entry.incidentId());
    }

    @Test
    void itIsKnownWithinOneBatch() throws SQLException {
        Callback first = callback(ALERT, NOW, NOW);
        Callback second = callback(ALERT, NOW, NOW.plusMillis(1));
        List<Outcome> outcomes =
                recording.record(List.of(first, second), LedgerFixture.WRITER, (connection, seen) -> {});
        assertInstanceOf(Outcome.Recorded.class, outcomes.get(0));
        assertInstanceOf(Outcome.Duplicate.class, outcomes.get(1));
        assertEquals(1, events());
        assertEquals(1, deliveries());
    }

    @Test
    void anotherValueLevelSignalOrTimeIsAnotherEvent() throws SQLException {
        record(ALERT, NOW, NOW);
        record(Histories.alert("95.0"), NOW, NOW);
        record(new Said(Signal.ALERT, Level.CRITICAL, null, "95", null, ALERT.display()), NOW, NOW);
        record(new Said(Signal.ALERT, null, null, "95", null, ALERT.display()), NOW, NOW);
        record(new Said(Signal.ALERT, Level.WARN, null, null, null, ALERT.display()), NOW, NOW);
        record(Histories.ok("95"), NOW, NOW);
        record(ALERT, NOW.plusMillis(1), NOW);
        assertEquals(7, events());
        assertEquals(0, deliveries());
    }

    @Test
    void absentLevelAndValueAreCompared() throws SQLException {
        Said bare = new Said(Signal.ALERT, null, null, null, null, ALERT.display());
        record(bare, NOW, NOW);
        assertInstanceOf(Outcome.Duplicate.class, record(bare, NOW, NOW.plusSeconds(1)));
    }

    @Test
    void withoutATimeTheSameBytesWithinTenMinutesAreTheSameSignal() throws SQLException {
        Outcome.Entry first = entry(record(ALERT, null, NOW));
        assertEquals(NOW, first.occurredAt());
        assertInstanceOf(Outcome.Duplicate.class, record(ALERT, null, NOW.plusSeconds(600)));
        Outcome later = record(ALERT, null, NOW.plusSeconds(601));
        assertInstanceOf(Outcome.Recorded.class, later);
        assertNotEquals(first.eventId(), entry(later).eventId());
        assertInstanceOf(Outcome.Recorded.class, record(Histories.alert("96"), null, NOW.plusSeconds(602)));
    }

    @Test
    void theFirstDeliveryCountsNotTheLatest() throws SQLException {
        record(ALERT, null, NOW);
        assertInstanceOf(Outcome.Duplicate.class, record(ALERT, null, NOW.plusSeconds(400)));
        assertInstanceOf(Outcome.Recorded.class, record(ALERT, null, NOW.plusSeconds(800)));
    }

    @Test
    void aTimeThatWasTooFarAheadAtFirstIsTheSameSignalWhenItIsNotAnyMore() throws SQLException {
        Instant ahead = NOW.plus(Duration.ofMinutes(6));
        Outcome.Entry first = entry(record(ALERT, ahead, NOW));
        assertEquals(NOW, first.occurredAt());
        Outcome again = record(ALERT, ahead, NOW.plus(Duration.ofMinutes(2)));
        assertInstanceOf(Outcome.Duplicate.class, again);
        assertEquals(first.eventId(), entry(again).eventId());
    }

    @Test
    void aTimeThatIsTooFarAheadOnlyForTheSecondReceiverIsTheSameSignalToo() throws SQLException {
        Instant ahead = NOW.plus(Duration.ofMinutes(4));
        Outcome.Entry first = entry(record(ALERT, ahead, NOW));
        Outcome again = record(ALERT, ahead, NOW.minus(Duration.ofMinutes(2)));
        assertInstanceOf(Outcome.Duplicate.class, again);
        assertEquals(first.eventId(), entry(again).eventId());
    }

    @Test
    void anEstimatedTimeNeverLiesBeforeWhatTheStreamHolds() throws SQLException {
        record(ALERT, NOW.plusSeconds(120), NOW);
        assertEquals(
                NOW.plusSeconds(120),
                entry(record(Histories.alert("96"), null, NOW)).occurredAt());
    }

    @Test
    void oneCallbackMayBringTheNewAndTheKnown() throws SQLException {
        record(ALERT, NOW, NOW);
        StreamKey other = LedgerFixture.key(LedgerFixture.freshRule());
        Callback both = LedgerFixture.callback(
                NOW, LedgerFixture.reading(key, ALERT, NOW), LedgerFixture.reading(other, ALERT, NOW));
        Outcome.Recorded recorded = (Outcome.Recorded) ledger.record(recording, both);
        assertTrue(recorded.entries().get(0).duplicate());
        assertFalse(recorded.entries().get(1).duplicate());
        assertEquals(Effect.OPENED, recorded.entries().get(1).effect());
        assertEquals(1, ledger.count("select count(*) from deliveries where stream_id = ? and brought_news", key.id()));
    }

    @Test
    void oneCallbackThatNamesAnObjectTwiceDeliversItOnce() throws SQLException {
        Callback twice = LedgerFixture.callback(
                NOW, LedgerFixture.reading(key, ALERT, NOW), LedgerFixture.reading(key, ALERT, NOW));
        Outcome.Recorded recorded = (Outcome.Recorded) ledger.record(recording, twice);
        assertTrue(recorded.entries().get(1).duplicate());
        assertEquals(1, events());
        assertEquals(0, deliveries());
    }

    @Test
    void aCallbackThatIsRecordedAgainRecognisesItselfAndIsCountedOnce() throws SQLException {
        Callback callback = callback(ALERT, NOW, NOW);
        Callback repeated = callback(ALERT, NOW, NOW.plusSeconds(1));
        Completeness.Writer writer = new Completeness.Writer("again-" + UUID.randomUUID(), 0);
        for (int attempt = 0; attempt < 3; attempt++) {
            List<Outcome> outcomes = recording.record(List.of(callback, repeated), writer, (connection, seen) -> {});
            assertInstanceOf(Outcome.Recorded.class, outcomes.get(0));
            assertInstanceOf(Outcome.Duplicate.class, outcomes.get(1));
        }
        String counted = "select received * 100 + recorded * 10 + duplicate from callback_counts where replica = ?";
        assertEquals(211, ledger.count(counted, writer.replica()));
        assertEquals(1, events());
        assertEquals(1, deliveries());
        assertEquals(1, ledger.head(key.id()).counts().duplicates());
    }

    @Test
    void aDuplicateOfAStrayBelongsToNoIncident() throws SQLException {
        record(Histories.ok("1"), NOW, NOW);
        record(ALERT, NOW.plusSeconds(60), NOW);
        assertNull(entry(record(Histories.ok("1"), NOW, NOW)).incidentId());
    }

    private Outcome record(Said said, Instant statedAt, Instant receivedAt) throws SQLException {
        return ledger.record(recording, callback(said, statedAt, receivedAt));
    }

    private Callback callback(Said said, Instant statedAt, Instant receivedAt) {
        return LedgerFixture.callback(receivedAt, LedgerFixture.reading(key, said, statedAt));
    }

    private static Outcome.Entry entry(Outcome outcome) {
        return outcome instanceof Outcome.Recorded recorded
                ? recorded.entries().get(0)
                : ((Outcome.Duplicate) outcome).entries().get(0);
    }

    private long events() throws SQLException {
        return ledger.count("select count(*) from events where stream_id = ?", key.id());
    }

    private long deliveries() throws SQLException {
        return ledger.count("select count(*) from deliveries where stream_id = ?", key.id());
    }
}
