package foldback.ledger;

import foldback.fold.Incident;
import io.agroal.api.AgroalPoolInterceptor;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The heads that this process wrote last, with their incidents, so that a stream's next callback need not read them. Whether another
 * writer was there since shows by the version when they are written; who was deceived forgets all and tries again, from what is stored.
 * Bounded: the ones used longest ago make room, those of long texts are not kept, and none is trusted for long.
 */
@Singleton
final class KnownHeads implements AgroalPoolInterceptor {
    private static final int MOST = 16_384;
    private static final int MOST_CHARACTERS = 2_048;
    private static final Duration LONGEST = Duration.ofMinutes(1);
    /** Where others write the same streams, to read first costs less than to begin again with each batch. */
    private static final Duration AFTER_A_RIVAL = Duration.ofSeconds(10);

    /** @param until of the clock's nanoseconds */
    private record Known(StreamHead head, long until) {}

    private final LongSupplier nanos;
    private final Map<UUID, Known> heads = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Known> eldest) {
            return size() > MOST;
        }
    };

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
    synchronized void keep(Collection<StreamHead> written) {
        long now = nanos.getAsLong();
        if (notBefore != null && notBefore - now > 0) {
            return;
        }
        notBefore = null;
        for (StreamHead head : written) {
            if (characters(head) <= MOST_CHARACTERS) {
                heads.merge(head.streamId(), new Known(head, now + LONGEST.toNanos()), KnownHeads::later);
            } else {
                heads.remove(head.streamId());
            }
        }
    }

    /** Two writers of this process may tell of their commits in another order than that of the commits. */
    private static Known later(Known one, Known other) {
        return one.head.version() > other.head.version() ? one : other;
    }

    private static int characters(StreamHead head) {
        Incident incident = head.state().incident();
        int itsIncident =
                incident == null ? 0 : IncidentColumns.ALL.characters(new IncidentRow(head.streamId(), incident));
        return HeadColumns.ALL.characters(head) + itsIncident;
    }

    /** A transaction failed: what it was to write may be stored or not. */
    synchronized void forget() {
        heads.clear();
    }

    /** Another writer wrote what was known. */
    synchronized void forgetForAWhile() {
        heads.clear();
        notBefore = nanos.getAsLong() + AFTER_A_RIVAL.toNanos();
    }

    /** It may lead to another server, which took over without what the former one had committed last. */
    @Override
    public void onConnectionCreate(Connection connection) {
        forget();
    }
}
