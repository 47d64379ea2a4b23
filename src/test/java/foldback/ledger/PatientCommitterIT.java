package foldback.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.fold.Histories;
import foldback.fold.StreamKey;
import foldback.testing.Await;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The lanes while the database hangs, is away, breaks off, or takes long. */
class PatientCommitterIT {
    private static final Duration PATIENCE = Duration.ofMillis(500);

    @RegisterExtension
    private final CommitterFixture committer = new CommitterFixture();

    /** The transaction that it was part of commits all the same; given again, the callback is recognised. */
    @Test
    void whatHangsIsGivenUpInTimeAndRecordedOnce() throws Exception {
        long countedBefore = committer.counted();
        committer.submit(committer.alert(0)).get(10, TimeUnit.SECONDS);
        committer.begin(PATIENCE);
        Callback hanging = committer.alert(1);
        Callback behind = committer.alert(2);
        try (Connection held = committer.ledger.database.getConnection()) {
            committer.hold(held);
            CompletableFuture<Outcome> first = committer.submit(hanging);
            CompletableFuture<Outcome> second = committer.submit(behind);
            assertInstanceOf(Outcome.Uncommitted.class, first.get(2, TimeUnit.SECONDS));
            assertInstanceOf(Outcome.Uncommitted.class, second.get(2, TimeUnit.SECONDS));
            assertTrue(committer.submit(committer.alert(3)).isDone(), "who comes while it hangs does not wait");
            held.rollback();
        }
        Await.until(
                "the lane goes on",
                Duration.ofSeconds(10),
                () -> committer.submit(committer.alert(4)).get() instanceof Outcome.Recorded);
        assertInstanceOf(Outcome.Recorded.class, committer.submit(hanging).get(10, TimeUnit.SECONDS));
        assertInstanceOf(Outcome.Recorded.class, committer.submit(behind).get(10, TimeUnit.SECONDS));
        assertEquals(4, committer.events());
        assertEquals(
                0, committer.ledger.count("select count(*) from deliveries where stream_id = ?", committer.key.id()));
        assertEquals(4, committer.counted() - countedBefore);
        assertEquals(0, committer.admission.inFlight());
    }

    @Test
    void aQueueThatIsFullBecauseItsLaneHangsIsForTheSpool() throws Exception {
        committer.submit(committer.alert(0)).get(10, TimeUnit.SECONDS);
        committer.begin(Duration.ofSeconds(4));
        CompletableFuture<Outcome> hanging;
        try (Connection held = committer.ledger.database.getConnection()) {
            committer.hold(held);
            hanging = committer.submit(committer.alert(1));
            Await.until("the lane hangs", Duration.ofSeconds(10), () -> {
                CompletableFuture<Outcome> answer = committer.submit(committer.alert(2));
                return answer.isDone() && answer.join() instanceof Outcome.Uncommitted;
            });
            assertFalse(hanging.isDone(), "it has not waited long enough yet");
            held.rollback();
        }
        assertInstanceOf(Outcome.Recorded.class, hanging.get(10, TimeUnit.SECONDS));
    }

    @Test
    void whileTheDatabaseIsKnownToBeAwayNobodyWaits() throws Exception {
        Commits commits = new Commits(committer.ledger.database, () -> Duration.ofSeconds(30));
        commits.failed(new SQLException("as if it were gone", "08006"));
        committer.stop();
        committer.begin(commits, Duration.ofSeconds(30));
        CompletableFuture<Outcome> answer = committer.submit(committer.alert(0));
        assertTrue(answer.isDone());
        assertInstanceOf(Outcome.Uncommitted.class, answer.join());
        commits.find(() -> {});
        assertInstanceOf(
                Outcome.Recorded.class, committer.submit(committer.alert(0)).get(10, TimeUnit.SECONDS));
    }

    @Test
    void aBrokenConnectionIsTriedAgain() throws Exception {
        committer.submit(committer.alert(0)).get(10, TimeUnit.SECONDS);
        committer.ledger.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where usename = current_user and pid <> pg_backend_pid()"
                        + " and application_name like 'PostgreSQL JDBC%' and state = 'idle'");
        Await.until(
                "callbacks are recorded again",
                Duration.ofSeconds(10),
                () -> committer.submit(committer.alert(1)).get(10, TimeUnit.SECONDS) instanceof Outcome.Recorded
                        || committer.submit(committer.alert(1)).get(10, TimeUnit.SECONDS) instanceof Outcome.Duplicate);
    }

    /** One body, many objects, no time of its own, delivered again: told by a digest, not by comparing the bytes each time. */
    @Test
    void aLargeBodyWithoutATimeIsKnownAgain() throws Exception {
        byte[] body = new byte[240_000];
        List<Reading> readings = IntStream.range(0, 9000)
                .mapToObj(n -> new Reading(
                        new StreamKey("1", committer.key.rule(), Map.of("n", Integer.toString(n))),
                        Histories.alert("1"),
                        null,
                        0))
                .toList();
        Outcome first = committer.submit(large(body, readings)).get(60, TimeUnit.SECONDS);
        assertInstanceOf(Outcome.Recorded.class, first);
        assertInstanceOf(
                Outcome.Duplicate.class, committer.submit(large(body, readings)).get(60, TimeUnit.SECONDS));
    }

    /** One that nobody waits for, by itself, gets more time; what takes too long is no reason to take the database for away. */
    @Test
    void whatTakesTooLongIsTriedAloneWithMoreTime() throws Exception {
        committer.ledger.execute("""
                create or replace function too_slow() returns trigger language plpgsql as $$ begin
                    if current_setting('statement_timeout') = '10s' then
                        raise exception using errcode = 'query_canceled', message = 'as if it had taken 10 s';
                    end if;
                    return new;
                end $$""");
        committer.ledger.execute("create trigger too_slow before insert on streams for each row"
                + " when (new.stream_id = '" + committer.key.id() + "') execute function too_slow()");
        try {
            assertInstanceOf(
                    Outcome.Uncommitted.class,
                    committer.submit(committer.alert(0)).get(10, TimeUnit.SECONDS));
            assertInstanceOf(
                    Outcome.Recorded.class,
                    committer.submitPatiently(committer.alert(0)).get(10, TimeUnit.SECONDS));
        } finally {
            committer.ledger.execute("drop function too_slow() cascade");
        }
        assertInstanceOf(
                Outcome.Recorded.class, committer.submit(committer.alert(1)).get(10, TimeUnit.SECONDS));
    }

    private static Callback large(byte[] body, List<Reading> readings) {
        return Callback.of(UUID.randomUUID(), Instant.now(), null, null, List.of(body), readings);
    }
}
