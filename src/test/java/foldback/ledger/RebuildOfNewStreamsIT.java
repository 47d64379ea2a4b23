package foldback.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.fold.Histories;
import foldback.fold.StreamKey;
import foldback.testing.Await;
import foldback.testing.PostgresResource;
import foldback.testing.Rebuilds;
import foldback.testing.Sql;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Whoever began to record a new stream before a rebuild changed the version commits it behind all of the rebuild's streams. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class RebuildOfNewStreamsIT {
    private static final StreamKey KEY = LedgerFixture.key(LedgerFixture.freshRule());

    @Inject
    Recording recording;

    @Inject
    DataSource database;

    @Test
    void aRebuildEndsBehindWhoFoldsWithTheVersionOfBefore() throws Exception {
        CountDownLatch folded = new CountDownLatch(1);
        CountDownLatch commit = new CountDownLatch(1);
        CompletableFuture<List<Outcome>> outcomes = CompletableFuture.supplyAsync(() -> record(folded, commit));
        assertTrue(folded.await(10, TimeUnit.SECONDS), () -> "not folded: " + outcomes);
        Sql.execute(
                database,
                "insert into fold_versions (reopen_within_millis)"
                        + " select reopen_within_millis from fold_versions order by version desc limit 1");
        Rebuilds.begin("");
        try {
            Await.until(
                    "the rebuild waits for it",
                    Duration.ofSeconds(10),
                    () -> Sql.rows(database, "select pid from pg_locks where locktype = 'advisory' and not granted")
                                    .size()
                            == 1);
            recordsNewStreams();
        } finally {
            commit.countDown();
        }
        assertInstanceOf(
                Outcome.Recorded.class, outcomes.get(10, TimeUnit.SECONDS).get(0));
        Rebuilds.finished();
        assertEquals(
                Sql.rows(database, "select max(version) from fold_versions"),
                Sql.rows(database, "select fold_version from stream_heads where stream_id = '" + KEY.id() + "'"));
    }

    /** Of the version in force: they wait for nobody. */
    private void recordsNewStreams() throws SQLException {
        Instant now = Instant.now();
        Reading another =
                LedgerFixture.reading(LedgerFixture.key(LedgerFixture.freshRule()), Histories.alert("1"), now);
        assertInstanceOf(
                Outcome.Recorded.class,
                recording
                        .record(
                                List.of(LedgerFixture.callback(now, another)),
                                new Completeness.Writer("ledger-tests", 1),
                                (connection, all) -> {})
                        .get(0));
    }

    private List<Outcome> record(CountDownLatch folded, CountDownLatch commit) {
        Instant now = Instant.now();
        Reading reading = LedgerFixture.reading(KEY, Histories.alert("1"), now);
        try {
            return recording.record(
                    List.of(LedgerFixture.callback(now, reading)), LedgerFixture.WRITER, (connection, all) -> {
                        folded.countDown();
                        // An idle transaction would be ended after ten seconds.
                        try (Statement busy = connection.createStatement()) {
                            while (commit.getCount() > 0) {
                                busy.execute("select pg_sleep(0.01)");
                            }
                        }
                    });
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
