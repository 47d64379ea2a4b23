package foldback.ledger;

import foldback.fold.Incident;
import io.agroal.api.AgroalPoolInterceptor;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The heads that this process wrote last, with their incidents, so that a stream's next callback need not read them. Whether another
 * writer was there since shows by the version when they are written; who was deceived forgets all and tries again, from what is stored.
 * Bounded by what they weigh: the ones used longest ago make room. None is trusted for long after it was read.
 */
@Singleton
final class KnownHeads implements AgroalPoolInterceptor {
    private static final long MOST_BYTES = 48 << 20;
    private static final int BYTES_OF_A_HEAD = 1_500;
    private static final int BYTES_OF_A_LABEL = 200;
    private static final Duration LONGEST = Duration.ofMinutes(1);
    /** Where others write the same streams, to read first costs less than to begin again with each batch. */
    private static final Duration AFTER_A_RIVAL = Duration.ofSeconds(10);

    /** @param until of the clock's nanoseconds */
    private record Known(StreamHead head, int bytes, long until) {}

    private final LongSupplier nanos;
    /** The one used longest ago first. */
    private final Map<UUID, Known> heads = new LinkedHashMap<>(16, 0.75f, true);

    private long bytes;
    private @Nullable Long notBefore;

    KnownHeads() {
        this(System::nanoTime);
    }

    /** @param nanos a clock as {@link System#nanoTime} is one */
    KnownHeads(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Those of the streams' heads that are known. */
    synchronized Map<UUID, StreamHead> of(Collection<UUID> streams) {
        Map<UUID, StreamHead> known = new HashMap<>();
        long now = nanos.getAsLong();
        for (UUID stream : streams) {
            Known one = heads.get(stream);
            if (one != null && one.until - now > 0) {
                known.put(stream, one.head);
            }
        }
        return known;
    }

    /** Keeps heads as they are stored now, once the transaction that wrote them has committed. */
    void keep(Collection<StreamHead> written) {
        long now = nanos.getAsLong();
        List<Known> weighed = written.stream()
                .map(head -> new Known(head, bytes(head), now + LONGEST.toNanos()))
                .toList();
        synchronized (this) {
            if (notBefore != null && notBefore - now > 0) {
                return;
            }
            notBefore = null;
            weighed.forEach(one -> put(one, now));
        }
    }

    private void put(Known one, long now) {
        Known former = heads.get(one.head.streamId());
        // Two writers of this process may tell of their commits in another order than that of the commits.
        if (former != null && former.head.version() > one.head.version()) {
            return;
        }
        // What was made of something known is as old as that.
        long until = former != null && former.until - now > 0 ? former.until : one.until;
        heads.put(one.head.streamId(), new Known(one.head, one.bytes, until));
        bytes += one.bytes - (former == null ? 0 : former.bytes);
        Iterator<Known> eldest = heads.values().iterator();
        while (bytes > MOST_BYTES) {
            bytes -= eldest.next().bytes;
            eldest.remove();
        }
    }

    private static int bytes(StreamHead head) {
        Incident incident = head.state().incident();
        int bytes = BYTES_OF_A_HEAD + 2 * HeadColumns.ALL.characters(head);
        return incident == null
                ? bytes
                : bytes
                        + 2 * IncidentColumns.ALL.characters(new IncidentRow(head.streamId(), incident))
                        + BYTES_OF_A_LABEL * incident.display().labels().size();
    }

    /** A transaction failed, or something else than callbacks changed them: what is stored may be another. */
    synchronized void forget(Collection<UUID> streams) {
        for (UUID stream : streams) {
            Known former = heads.remove(stream);
            bytes -= former == null ? 0 : former.bytes;
        }
    }

    /** Another writer wrote what was known. */
    synchronized void forgetForAWhile() {
        forgetAll();
        notBefore = nanos.getAsLong() + AFTER_A_RIVAL.toNanos();
    }

    /** It may lead to another server, which took over without what the former one had committed last. */
    @Override
    public void onConnectionCreate(Connection connection) {
        forgetAll();
    }

    private synchronized void forgetAll() {
        heads.clear();
        bytes = 0;
    }
}
