package foldback.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import foldback.fold.Event;
import foldback.fold.EventIds;
import foldback.fold.Histories;
import foldback.fold.Incident;
import foldback.fold.StreamKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The laws of the domain against the database: what is stored is what the log folds to, whatever the order of arrival. */
class LedgerLawsIT {
    private static final long FIRST_SEED = Long.getLong("foldback.laws.seed", 20_250_304L);
    private static final int HISTORIES = 200;
    private static LedgerFixture ledger;

    private final Clock clock = Clock.fixed(Instant.parse("2025-03-05T00:00:00Z"), ZoneOffset.UTC);
    private final KnownHeads known = new KnownHeads();
    private final Recording recording = ledger.recording(clock, known);
    private final Actions actions = new Actions(ledger.transactions(known), ledger.versions, clock);

    @BeforeAll
    static void connect() throws SQLException {
        ledger = new LedgerFixture();
    }

    @AfterAll
    static void disconnect() {
        ledger.close();
    }

    @Test
    void storedIncidentsAreWhatTheLogFoldsTo() {
        eachHistory(random -> {
            StreamKey key = LedgerFixture.key(LedgerFixture.freshRule());
            deliver(key, shuffled(signals(random), random), random, true);
            check(key.id());
        });
    }

    @Test
    void theOrderAndTheNumberOfDeliveriesDoNotMatter() {
        eachHistory(random -> {
            List<Event.Signalled> signals = distinctTimes(signals(random));
            StreamKey once = LedgerFixture.key(LedgerFixture.freshRule());
            StreamKey again = LedgerFixture.key(LedgerFixture.freshRule());
            deliver(once, signals, random, false);
            List<Event.Signalled> repeated = new ArrayList<>(signals);
            repeated.addAll(signals.subList(0, signals.size() / 2));
            deliver(again, shuffled(repeated, random), random, false);
            assertEquals(bare(once.id()), bare(again.id()));
        });
    }

    @Test
    void writersThatRememberWhatTheyWroteFindWhatTheOthersWrote() {
        Recording one = ledger.recording(clock, rememberingBehindRivals());
        Recording other = ledger.recording(clock, rememberingBehindRivals());
        eachHistory(random -> {
            StreamKey key = LedgerFixture.key(LedgerFixture.freshRule());
            for (Event.Signalled signal : shuffled(signals(random), random)) {
                deliver(random.nextBoolean() ? one : other, key, List.of(signal));
            }
            check(key.id());
        });
    }

    /** By its clock so much time passes with each look that it remembers again at once, though not for as long. */
    private static KnownHeads rememberingBehindRivals() {
        AtomicLong nanos = new AtomicLong();
        return new KnownHeads(() -> nanos.addAndGet(Duration.ofSeconds(11).toNanos()));
    }

    @Test
    void truncatedIncidentsAreFoundAgainByTheNextEventOfTheirStream() {
        eachHistory(random -> {
            StreamKey key = LedgerFixture.key(LedgerFixture.freshRule());
            List<Event.Signalled> signals = signals(random);
            deliver(key, signals, random, true);
            try (Connection connection = ledger.database.getConnection()) {
                connection.createStatement().execute("delete from incidents where stream_id = '" + key.id() + "'");
            }
            deliver(key, signals(random), random, false);
            check(key.id());
        });
    }

    private interface Law {
        void holdsFor(Random random) throws SQLException;
    }

    private static void eachHistory(Law law) {
        LongStream.range(FIRST_SEED, FIRST_SEED + HISTORIES).forEach(seed -> {
            try {
                law.holdsFor(new Random(seed));
            } catch (SQLException | RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        });
    }

    private static List<Event.Signalled> signals(Random random) {
        List<Event.Signalled> signals = Histories.signals(random.nextLong());
        return signals.isEmpty() ? signals(random) : signals;
    }

    private static List<Event.Signalled> shuffled(List<Event.Signalled> signals, Random random) {
        List<Event.Signalled> shuffled = new ArrayList<>(signals);
        Collections.shuffle(shuffled, random);
        return shuffled;
    }

    /** Equal times keep the order of recording, so only different ones are free of it. */
    private static List<Event.Signalled> distinctTimes(List<Event.Signalled> signals) {
        Set<Instant> seen = new java.util.HashSet<>();
        return signals.stream().filter(signal -> seen.add(signal.occurredAt())).toList();
    }

    private void deliver(Recording to, StreamKey key, List<Event.Signalled> signals) throws SQLException {
        List<Callback> callbacks = signals.stream()
                .map(signal -> LedgerFixture.callback(
                        clock.instant(), LedgerFixture.reading(key, signal.said(), signal.occurredAt())))
                .toList();
        to.record(callbacks, LedgerFixture.WRITER, (connection, outcomes) -> {});
    }

    private void deliver(StreamKey key, List<Event.Signalled> signals, Random random, boolean people)
            throws SQLException {
        int done = 0;
        while (done < signals.size()) {
            int next = Math.min(signals.size(), done + 1 + random.nextInt(5));
            deliver(recording, key, signals.subList(done, next));
            if (people && random.nextInt(3) == 0) {
                act(key.id(), random);
            }
            done = next;
        }
    }

    private void act(UUID stream, Random random) throws SQLException {
        List<Incident> incidents = ledger.incidents(stream);
        if (incidents.isEmpty()) {
            return;
        }
        Incident incident = incidents.get(random.nextInt(incidents.size()));
        Action.Kind kind = List.of(Action.Kind.values()).get(random.nextInt(4));
        boolean late = kind == Action.Kind.RESOLVE && random.nextBoolean();
        Instant at = late ? incident.last().occurredAt().plus(Duration.ofMinutes(1)) : null;
        String note = kind == Action.Kind.NOTE ? "looking" : null;
        ActionOutcome outcome = actions.act(new Action(stream, incident.id(), kind, "ana", note, at, null, null), null);
        if (kind != Action.Kind.RESOLVE) {
            assertInstanceOf(ActionOutcome.Done.class, outcome);
        }
    }

    private static void check(UUID stream) throws SQLException {
        Histories.Expected expected = Histories.expected(ledger.log(stream));
        assertEquals(expected.incidents(), ledger.incidents(stream));
        StreamHead head = ledger.head(stream);
        assertEquals(expected.state(), head.state());
        assertEquals(expected.strays(), head.counts().strays());
        assertEquals(expected.incidents().size(), head.counts().incidents());
    }

    /** All that does not depend on the order of recording. */
    private static List<String> bare(UUID stream) throws SQLException {
        return ledger.incidents(stream).stream()
                .map(incident -> List.of(
                                incident.first().occurredAt(),
                                incident.last().occurredAt(),
                                incident.openedAt(),
                                incident.openedBy(),
                                String.valueOf(incident.resolvedAt()),
                                String.valueOf(incident.level()),
                                String.valueOf(incident.peakLevel()),
                                String.valueOf(incident.openingValue()),
                                String.valueOf(incident.currentValue()),
                                String.valueOf(incident.worstValue()),
                                String.valueOf(incident.recoveryValue()),
                                String.valueOf(incident.transId()),
                                incident.unobserved(),
                                incident.alertCount())
                        .toString())
                .toList();
    }

    @Test
    void idsGrowWhateverTheClockSays() throws SQLException {
        StreamKey key = LedgerFixture.key(LedgerFixture.freshRule());
        Instant start = Instant.parse("2025-03-05T00:00:00Z");
        List<UUID> ids = new ArrayList<>();
        for (int n = 0; n < 20; n++) {
            Clock backwards = Clock.fixed(start.minus(Duration.ofMinutes(n)), ZoneOffset.UTC);
            Callback callback = LedgerFixture.callback(
                    start, LedgerFixture.reading(key, Histories.alert(Integer.toString(n)), start.plusMillis(n)));
            Outcome.Recorded recorded = (Outcome.Recorded) ledger.record(ledger.recording(backwards), callback);
            ids.add(recorded.entries().get(0).eventId());
        }
        for (int n = 1; n < ids.size(); n++) {
            assertEquals(1, EventIds.compare(ids.get(n), ids.get(n - 1)));
        }
    }
}
