package foldback.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.fold.Display;
import foldback.fold.Histories;
import foldback.fold.Said;
import foldback.fold.Signal;
import foldback.fold.StreamKey;
import foldback.testing.Await;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The lanes: bounded, lasting, and done with what they took before they end. */
class CommitterIT {
    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final Instant AT = Instant.parse("2025-03-04T10:00:00Z");

    private final StreamKey key = LedgerFixture.key(LedgerFixture.freshRule());
    private LedgerFixture ledger;
    private Admission admission;
    private Committer committer;
    private long countedBefore;

    @BeforeEach
    void start() throws SQLException {
        ledger = new LedgerFixture();
        admission = new Admission();
        begin(Duration.ofSeconds(30));
        countedBefore =
                ledger.count("select coalesce(sum(recorded), 0) from callback_counts where replica = 'committer-it'");
    }

    private void begin(Duration patience) {
        if (committer != null) {
            committer.stop(null);
        }
        begin(new Commits(ledger.database, () -> patience), patience);
    }

    private void begin(Commits commits, Duration patience) {
        committer = new Committer(
                ledger.recording(LedgerFixture.CLOCK),
                new Completeness(() -> Optional.of("committer-it"), 0),
                admission,
                commits,
                config(1, 20),
                () -> patience);
        committer.start(null);
    }

    @AfterEach
    void stop() {
        committer.stop(null);
        ledger.close();
    }

    @Test
    void everyCallbackIsAnsweredOnceItIsRecorded() throws Exception {
        List<CompletableFuture<Outcome>> answers =
                IntStream.range(0, 15).mapToObj(n -> submit(alert(n))).toList();
        for (CompletableFuture<Outcome> answer : answers) {
            assertInstanceOf(Outcome.Recorded.class, answer.get(10, TimeUnit.SECONDS));
        }
        assertEquals(15, ledger.count("select count(*) from events where stream_id = ?", key.id()));
        assertEquals(0, admission.inFlight());
    }

    @Test
    void whoIsInterruptedWhileItStopsLeavesNoThreadBehind() {
        Set<Thread> others = Thread.getAllStackTraces().keySet();
        begin(Duration.ofSeconds(30));
        Set<Thread> its = new HashSet<>(Thread.getAllStackTraces().keySet());
        its.removeAll(others);
        assertEquals(2, its.stream().filter(Thread::isAlive).count(), its::toString);
        Thread.currentThread().interrupt();
        committer.stop(null);
        assertTrue(Thread.interrupted(), "that it was interrupted is passed on");
        Await.until("its threads have ended", Duration.ofSeconds(10), () -> its.stream()
                .noneMatch(Thread::isAlive));
    }

    @Test
    void aFullQueueIsSaidAtOnceAndWhatWasTakenIsRecordedAllTheSame() throws Exception {
        List<CompletableFuture<Outcome>> answers = new ArrayList<>();
        try (Connection held = ledger.database.getConnection()) {
            submit(alert(0)).get(10, TimeUnit.SECONDS);
            held.setAutoCommit(false);
            held.createStatement().execute("select from stream_heads where stream_id = '" + key.id() + "' for update");
            for (int n = 1; n <= 60; n++) {
                answers.add(submit(alert(n)));
            }
            long refused = answers.stream().filter(CompletableFuture::isDone).count();
            // A batch at hand, a full queue behind it, and the one that the batch had no more room for.
            assertTrue(refused >= 60 - (20 + 20 + 1), "refused " + refused);
            for (CompletableFuture<Outcome> answer : answers) {
                assertTrue(!answer.isDone() || answer.join() instanceof Outcome.Unavailable);
            }
            held.rollback();
        }
        int recorded = 0;
        for (CompletableFuture<Outcome> answer : answers) {
            recorded += answer.get(10, TimeUnit.SECONDS) instanceof Outcome.Recorded ? 1 : 0;
        }
        assertEquals(recorded + 1, ledger.count("select count(*) from events where stream_id = ?", key.id()));
    }

    @Test
    void thoseThatCanWaitKeepNoneAwayThatCannot() throws Exception {
        List<CompletableFuture<Outcome>> answers = new ArrayList<>();
        try (Connection held = ledger.database.getConnection()) {
            submit(alert(0)).get(10, TimeUnit.SECONDS);
            held.setAutoCommit(false);
            held.createStatement().execute("select from stream_heads where stream_id = '" + key.id() + "' for update");
            List<CompletableFuture<Outcome>> patient = IntStream.rangeClosed(1, 60)
                    .mapToObj(n -> committer.submitPatiently(alert(n)).toCompletableFuture())
                    .toList();
            assertTrue(patient.stream().anyMatch(CompletableFuture::isDone), "more than there is room for");
            for (int n = 61; n <= 70; n++) {
                answers.add(submit(alert(n)));
            }
            assertTrue(answers.stream().noneMatch(CompletableFuture::isDone), "half of the places are left");
            held.rollback();
        }
        for (CompletableFuture<Outcome> answer : answers) {
            assertInstanceOf(Outcome.Recorded.class, answer.get(10, TimeUnit.SECONDS));
        }
    }

    /** The transaction that it was part of commits all the same; given again, the callback is recognised. */
    @Test
    void whatHangsIsGivenUpInTimeAndRecordedOnce() throws Exception {
        submit(alert(0)).get(10, TimeUnit.SECONDS);
        begin(PATIENCE);
        Callback hanging = alert(1);
        Callback behind = alert(2);
        try (Connection held = ledger.database.getConnection()) {
            lock(held);
            CompletableFuture<Outcome> first = submit(hanging);
            CompletableFuture<Outcome> second = submit(behind);
            assertInstanceOf(Outcome.Uncommitted.class, first.get(2, TimeUnit.SECONDS));
            assertInstanceOf(Outcome.Uncommitted.class, second.get(2, TimeUnit.SECONDS));
            assertTrue(submit(alert(3)).isDone(), "who comes while it hangs does not wait");
            held.rollback();
        }
        Await.until(
                "the lane goes on",
                Duration.ofSeconds(10),
                () -> submit(alert(4)).get() instanceof Outcome.Recorded);
        assertInstanceOf(Outcome.Recorded.class, submit(hanging).get(10, TimeUnit.SECONDS));
        assertInstanceOf(Outcome.Recorded.class, submit(behind).get(10, TimeUnit.SECONDS));
        assertEquals(4, ledger.count("select count(*) from events where stream_id = ?", key.id()));
        assertEquals(0, ledger.count("select count(*) from deliveries where stream_id = ?", key.id()));
        assertEquals(
                ledger.count("select count(distinct callback_id) from events where stream_id = ?", key.id()),
                ledger.count("select sum(recorded) from callback_counts where replica = 'committer-it'")
                        - countedBefore);
        assertEquals(0, admission.inFlight());
    }

    @Test
    void aQueueThatIsFullBecauseItsLaneHangsIsForTheSpool() throws Exception {
        submit(alert(0)).get(10, TimeUnit.SECONDS);
        begin(Duration.ofSeconds(4));
        CompletableFuture<Outcome> hanging;
        try (Connection held = ledger.database.getConnection()) {
            lock(held);
            hanging = submit(alert(1));
            Await.until("the lane hangs", Duration.ofSeconds(10), () -> {
                CompletableFuture<Outcome> answer = submit(alert(2));
                return answer.isDone() && answer.join() instanceof Outcome.Uncommitted;
            });
            assertFalse(hanging.isDone(), "it has not waited long enough yet");
            held.rollback();
        }
        assertInstanceOf(Outcome.Recorded.class, hanging.get(10, TimeUnit.SECONDS));
    }

    @Test
    void whileTheDatabaseIsKnownToBeAwayNobodyWaits() throws Exception {
        Commits commits = new Commits(ledger.database, () -> Duration.ofSeconds(30));
        commits.failed(new SQLException("as if it were gone", "08006"));
        committer.stop(null);
        begin(commits, Duration.ofSeconds(30));
        CompletableFuture<Outcome> answer = submit(alert(0));
        assertTrue(answer.isDone());
        assertInstanceOf(Outcome.Uncommitted.class, answer.join());
        commits.find(() -> {});
        assertInstanceOf(Outcome.Recorded.class, submit(alert(0)).get(10, TimeUnit.SECONDS));
    }

    private void lock(Connection held) throws SQLException {
        held.setAutoCommit(false);
        held.createStatement().execute("select from stream_heads where stream_id = '" + key.id() + "' for update");
    }

    @Test
    void anErrorDoesNotEndTheLane() throws Exception {
        Callback failing = LedgerFixture.callback(AT, LedgerFixture.reading(key, Histories.alert("1"), AT));
        List<byte[]> exhausted = new ArrayList<>(failing.parts()) {
            @Override
            public byte[] get(int part) {
                throw new OutOfMemoryError("as if there were no room for this one");
            }
        };
        Callback fatal = new Callback(failing.id(), AT, null, null, exhausted, failing.readings(), failing.streamIds());
        assertInstanceOf(Outcome.Unavailable.class, submit(fatal).get(10, TimeUnit.SECONDS));
        assertInstanceOf(Outcome.Recorded.class, submit(alert(1)).get(10, TimeUnit.SECONDS));
    }

    @Test
    void stoppingRecordsWhatWasTaken() throws Exception {
        List<CompletableFuture<Outcome>> answers =
                IntStream.range(0, 15).mapToObj(n -> submit(alert(n))).toList();
        committer.stop(null);
        for (CompletableFuture<Outcome> answer : answers) {
            assertInstanceOf(Outcome.Recorded.class, answer.get(1, TimeUnit.SECONDS));
        }
        assertInstanceOf(Outcome.Unavailable.class, submit(alert(99)).get(1, TimeUnit.SECONDS));
    }

    @Test
    void aBrokenConnectionIsTriedAgain() throws Exception {
        submit(alert(0)).get(10, TimeUnit.SECONDS);
        ledger.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where usename = current_user and pid <> pg_backend_pid()"
                        + " and application_name like 'PostgreSQL JDBC%' and state = 'idle'");
        Await.until(
                "callbacks are recorded again",
                Duration.ofSeconds(10),
                () -> submit(alert(1)).get(10, TimeUnit.SECONDS) instanceof Outcome.Recorded
                        || submit(alert(1)).get(10, TimeUnit.SECONDS) instanceof Outcome.Duplicate);
    }

    @Test
    void whatIsTooHeavyIsLetInAlone() throws Exception {
        assertTrue(admission.enter(500L << 20));
        assertInstanceOf(Outcome.Unavailable.class, submit(alert(0)).get(1, TimeUnit.SECONDS));
        admission.leave(500L << 20);
        assertInstanceOf(Outcome.Recorded.class, submit(alert(0)).get(10, TimeUnit.SECONDS));
    }

    /** One body, many objects, no time of its own, delivered again: told by a digest, not by comparing the bytes each time. */
    @Test
    void aLargeBodyWithoutATimeIsKnownAgain() throws Exception {
        byte[] body = new byte[240_000];
        List<Reading> readings = IntStream.range(0, 9000)
                .mapToObj(n -> new Reading(
                        new StreamKey("1", key.rule(), Map.of("n", Integer.toString(n))),
                        Histories.alert("1"),
                        null,
                        0))
                .toList();
        Outcome first = submit(large(body, readings)).get(60, TimeUnit.SECONDS);
        assertInstanceOf(Outcome.Recorded.class, first);
        assertInstanceOf(Outcome.Duplicate.class, submit(large(body, readings)).get(60, TimeUnit.SECONDS));
    }

    @Test
    void theWeightCountsTheNamesOfEverySignal() {
        SortedMap<String, String> none = Collections.emptySortedMap();
        Display display = new Display("n".repeat(200_000), null, null, null, null, null, null, null, null, null, none);
        Said said = new Said(Signal.ALERT, null, null, null, null, display);
        Reading reading = new Reading(key, said, AT, 0);
        assertTrue(Callback.of(UUID.randomUUID(), AT, null, null, List.of(new byte[1]), List.of(reading, reading))
                        .weight()
                > 3_200_000);
    }

    private Callback large(byte[] body, List<Reading> readings) {
        Instant now = Instant.now();
        return Callback.of(UUID.randomUUID(), now, null, null, List.of(body), readings);
    }

    private Callback alert(int n) {
        Instant at = AT.plusSeconds(n);
        return LedgerFixture.callback(at, LedgerFixture.reading(key, Histories.alert("1"), at));
    }

    private CompletableFuture<Outcome> submit(Callback callback) {
        return committer.submit(callback).toCompletableFuture();
    }

    private static CommitterConfig config(int lanes, int queue) {
        return new CommitterConfig() {
            @Override
            public OptionalInt lanes() {
                return OptionalInt.of(lanes);
            }

            @Override
            public int queue() {
                return queue;
            }

            @Override
            public int batch() {
                return 20;
            }
        };
    }
}
