package foldback.ledger;

import foldback.fold.Histories;
import foldback.fold.StreamKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A committer with one lane of twenty places on a real database, anew for each test, and the alerts of one stream for it. */
final class CommitterFixture implements BeforeEachCallback, AfterEachCallback {
    static final Instant AT = Instant.parse("2025-03-04T10:00:00Z");

    final StreamKey key = LedgerFixture.key(LedgerFixture.freshRule());
    LedgerFixture ledger;
    final Admission admission = new Admission();
    Committer committer;

    @Override
    public void beforeEach(ExtensionContext test) throws SQLException {
        ledger = new LedgerFixture();
        begin(Duration.ofSeconds(30));
    }

    @Override
    public void afterEach(ExtensionContext test) {
        stop();
        ledger.close();
    }

    /** Has another begin, which waits for the database for so long; the one before ends. */
    void begin(Duration patience) {
        begin(new Commits(ledger.database, () -> patience), patience);
    }

    void begin(Commits commits, Duration patience) {
        stop();
        committer = new Committer(
                ledger.recording(LedgerFixture.CLOCK),
                new Completeness(() -> Optional.of("committer-it"), 0),
                admission,
                commits,
                config(1, 20),
                () -> patience);
        committer.start(null);
    }

    void stop() {
        if (committer != null) {
            committer.stop(null);
        }
    }

    Callback alert(int n) {
        Instant at = AT.plusSeconds(n);
        return LedgerFixture.callback(at, LedgerFixture.reading(key, Histories.alert("1"), at));
    }

    CompletableFuture<Outcome> submit(Callback callback) {
        return committer.submit(callback).toCompletableFuture();
    }

    CompletableFuture<Outcome> submitPatiently(Callback callback) {
        return committer.submitPatiently(callback).toCompletableFuture();
    }

    /** Locks the head of the stream until the connection's transaction ends. */
    void hold(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        connection
                .createStatement()
                .execute("select from stream_heads where stream_id = '" + key.id() + "' for update");
    }

    long events() throws SQLException {
        return ledger.count("select count(*) from events where stream_id = ?", key.id());
    }

    long counted() throws SQLException {
        return ledger.count("select coalesce(sum(recorded), 0) from callback_counts where replica = 'committer-it'");
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
