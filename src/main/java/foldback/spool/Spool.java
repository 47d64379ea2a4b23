package foldback.spool;

import foldback.ledger.Outcome;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Where callbacks go while the database does not commit: a bounded file on local disk, from which they are taken once it does. A callback is
 * answered when it is durable there. When the spool is full, or its disk is, the answer is {@link Outcome.Unavailable}, at once.
 *
 * <p>Nothing is taken out before the database has committed it. What was folded and could not be taken out any more, because the process
 * ended in between, is folded again and recognised.
 */
@Singleton
public final class Spool {
    private static final Logger LOG = Logger.getLogger(Spool.class);
    private static final int BEFORE_CALLBACKS = -20;
    private static final int AFTER_CALLBACKS = 5000;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);
    private static final Outcome FULL =
            new Outcome.Unavailable("the database does not commit, and the spool is full", RETRY_AFTER);

    private final Path configured;
    private final long maxSize;
    /** In the file, or on the way to it. */
    private final AtomicLong size = new AtomicLong();

    private final LongAdder kept = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final AtomicInteger folding = new AtomicInteger();
    private @Nullable SpoolDirectory directory;
    private @Nullable SpoolFile file;
    private @Nullable SpoolWriter writer;

    public Spool(SpoolConfig config, @ConfigProperty(name = "foldback.data-dir", defaultValue = "data") Path dataDir) {
        this.configured = config.directory().orElseGet(() -> dataDir.resolve("spool"));
        this.maxSize = config.maxSize().asLongValue();
    }

    void start(@Observes @Priority(BEFORE_CALLBACKS) StartupEvent event) {
        directory = SpoolDirectory.claim(configured);
        file = directory.open();
        size.set(file.content().bytes());
        writer = new SpoolWriter(file);
        writer.start();
        if (file.content().entries() > 0) {
            LOG.infof(
                    "%d callbacks lie in the spool %s, to be folded",
                    file.content().entries(), configured);
        }
    }

    /** After those who hand callbacks over have ended; what they handed over is written. */
    void stop(@Observes @Priority(AFTER_CALLBACKS) ShutdownEvent event) throws SQLException, IOException {
        if (writer != null) {
            writer.stop();
        }
        if (file != null) {
            file.close();
        }
        if (directory != null) {
            directory.close();
        }
    }

    /** Keeps the callback; the stage completes when it is durable, or with why it cannot be, never exceptionally. */
    public CompletionStage<Outcome> keep(Spooled callback) {
        if (size.addAndGet(callback.size()) > maxSize) {
            size.addAndGet(-callback.size());
            refused.increment();
            return CompletableFuture.completedStage(FULL);
        }
        return writer().submit(callback).thenApply(durable -> {
            if (durable) {
                kept.increment();
                return new Outcome.Spooled(callback.id());
            }
            size.addAndGet(-callback.size());
            refused.increment();
            return new Outcome.Unavailable(
                    "the database does not commit, and the spool cannot be written", RETRY_AFTER);
        });
    }

    /** The callbacks behind a number, in the order of their arrival, to be folded: at most so many, and of about so many bytes. */
    public List<Spooled> take(long behind, int most, long mostBytes) throws SQLException {
        List<Spooled> taken = file().read(behind, most, mostBytes);
        folding.set(taken.size());
        return taken;
    }

    /** Ends the folding of so many of those that were taken: what the database has committed of them leaves the spool. */
    public void settle(Collection<Spooled> committed, int ofSoMany) throws SQLException {
        if (!committed.isEmpty()) {
            file().remove(committed);
            committed.forEach(callback -> size.addAndGet(-callback.size()));
        }
        folding.addAndGet(-ofSoMany);
        if (!committed.isEmpty() && file().content().entries() == 0) {
            LOG.info("The spool is empty");
            file().shrink();
        }
    }

    /** Whether the service has worked on its database with this spool before, so that it is configured well. */
    public boolean databaseSeen() throws SQLException {
        return file().databaseSeen();
    }

    /** Notes that it does. */
    public void seeDatabase() throws SQLException {
        if (!databaseSeen()) {
            file().seeDatabase();
        }
    }

    /** Of this spool, whichever process has it. */
    UUID id() {
        return file().id();
    }

    SpoolContent content() {
        return file().content();
    }

    /** Callbacks that are durable here and nowhere else. */
    public long entries() {
        return content().entries();
    }

    /** What they take on disk, about. */
    public long bytes() {
        return content().bytes();
    }

    /** The receipt of the one that has waited longest. */
    public @Nullable Instant oldest() {
        return content().oldest();
    }

    /** Callbacks on their way to the disk, not answered yet, or on their way into the database, and perhaps in both. */
    public long inFlight() {
        return writer().inFlight() + folding.get();
    }

    /** Whether another callback would find room. */
    public boolean hasRoom() {
        return size.get() < maxSize;
    }

    /** Callbacks that were kept since the start. */
    public long kept() {
        return kept.sum();
    }

    /** Callbacks that found no room, or no disk, since the start. */
    public long refused() {
        return refused.sum();
    }

    private SpoolFile file() {
        return Objects.requireNonNull(file, "the spool is open while the service runs");
    }

    private SpoolWriter writer() {
        return Objects.requireNonNull(writer, "the spool is open while the service runs");
    }
}
