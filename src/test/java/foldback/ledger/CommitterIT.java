package foldback.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.fold.Display;
import foldback.fold.Histories;
import foldback.fold.Said;
import foldback.fold.Signal;
import foldback.testing.Await;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The lanes: bounded, lasting, and done with what they took before they end. */
class CommitterIT {
    @RegisterExtension
    private final CommitterFixture committer = new CommitterFixture();

    @Test
    void everyCallbackIsAnsweredOnceItIsRecorded() throws Exception {
        List<CompletableFuture<Outcome>> answers = IntStream.range(0, 15)
                .mapToObj(n -> committer.submit(committer.alert(n)))
                .toList();
        for (CompletableFuture<Outcome> answer : answers) {
            assertInstanceOf(Outcome.Recorded.class, answer.get(10, TimeUnit.SECONDS));
        }
        assertEquals(15, committer.events());
        assertEquals(0, committer.admission.inFlight());
    }

    @Test
    void whoIsInterruptedWhileItStopsLeavesNoThreadBehind() {
        Set<Thread> others = Thread.getAllStackTraces().keySet();
        committer.begin(Duration.ofSeconds(30));
        Set<Thread> its = new HashSet<>(Thread.getAllStackTraces().keySet());
        its.removeAll(others);
        assertEquals(2, its.stream().filter(Thread::isAlive).count(), its::toString);
        Thread.currentThread().interrupt();
        committer.stop();
        assertTrue(Thread.interrupted(), "that it was interrupted is passed on");
        Await.until("its threads have ended", Duration.ofSeconds(10), () -> its.stream()
                .noneMatch(Thread::isAlive));
    }

    @Test
    void aFullQueueIsSaidAtOnceAndWhatWasTakenIsRecordedAllTheSame() throws Exception {
        List<CompletableFuture<Outcome>> answers = new ArrayList<>();
        try (Connection held = committer.ledger.database.getConnection()) {
            committer.submit(committer.alert(0)).get(10, TimeUnit.SECONDS);
            committer.hold(held);
            for (int n = 1; n <= 60; n++) {
                answers.add(committer.submit(committer.alert(n)));
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
        assertEquals(recorded + 1, committer.events());
    }

    @Test
    void thoseThatCanWaitKeepNoneAwayThatCannot() throws Exception {
        List<CompletableFuture<Outcome>> answers = new ArrayList<>();
        try (Connection held = committer.ledger.database.getConnection()) {
            committer.submit(committer.alert(0)).get(10, TimeUnit.SECONDS);
            committer.hold(held);
            List<CompletableFuture<Outcome>> patient = IntStream.rangeClosed(1, 60)
                    .mapToObj(n -> committer.submitPatiently(committer.alert(n)))
                    .toList();
            assertTrue(patient.stream().anyMatch(CompletableFuture::isDone), "more than there is room for");
            for (int n = 61; n <= 70; n++) {
                answers.add(committer.submit(committer.alert(n)));
            }
            assertTrue(answers.stream().noneMatch(CompletableFuture::isDone), "half of the places are left");
            held.rollback();
        }
        for (CompletableFuture<Outcome> answer : answers) {
            assertInstanceOf(Outcome.Recorded.class, answer.get(10, TimeUnit.SECONDS));
        }
    }

    @Test
    void anErrorDoesNotEndTheLane() throws Exception {
        Callback failing = LedgerFixture.callback(
                CommitterFixture.AT, LedgerFixture.reading(committer.key, Histories.alert("1"), CommitterFixture.AT));
        List<byte[]> exhausted = new ArrayList<>(failing.parts()) {
            @Override
            public byte[] get(int part) {
                throw new OutOfMemoryError("as if there were no room for this one");
            }
        };
        Callback fatal = new Callback(
                failing.id(), CommitterFixture.AT, null, null, exhausted, failing.readings(), failing.streamIds());
        assertInstanceOf(Outcome.Unavailable.class, committer.submit(fatal).get(10, TimeUnit.SECONDS));
        assertInstanceOf(
                Outcome.Recorded.class, committer.submit(committer.alert(1)).get(10, TimeUnit.SECONDS));
    }

    @Test
    void stoppingRecordsWhatWasTaken() throws Exception {
        List<CompletableFuture<Outcome>> answers = IntStream.range(0, 15)
                .mapToObj(n -> committer.submit(committer.alert(n)))
                .toList();
        committer.stop();
        for (CompletableFuture<Outcome> answer : answers) {
            assertInstanceOf(Outcome.Recorded.class, answer.get(1, TimeUnit.SECONDS));
        }
        assertInstanceOf(
                Outcome.Unavailable.class, committer.submit(committer.alert(99)).get(1, TimeUnit.SECONDS));
    }

    @Test
    void whatIsTooHeavyIsLetInAlone() throws Exception {
        assertTrue(committer.admission.enter(500L << 20));
        assertInstanceOf(
                Outcome.Unavailable.class, committer.submit(committer.alert(0)).get(1, TimeUnit.SECONDS));
        committer.admission.leave(500L << 20);
        assertInstanceOf(
                Outcome.Recorded.class, committer.submit(committer.alert(0)).get(10, TimeUnit.SECONDS));
    }

    @Test
    void theWeightCountsTheNamesOfEverySignal() {
        SortedMap<String, String> none = Collections.emptySortedMap();
        Display display = new Display("n".repeat(200_000), null, null, null, null, null, null, null, null, null, none);
        Said said = new Said(Signal.ALERT, null, null, null, null, display);
        Reading reading = new Reading(committer.key, said, CommitterFixture.AT, 0);
        assertTrue(Callback.of(
                                UUID.randomUUID(),
                                CommitterFixture.AT,
                                null,
                                null,
                                List.of(new byte[1]),
                                List.of(reading, reading))
                        .weight()
                > 3_200_000);
    }
}
