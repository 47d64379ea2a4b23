package foldback.ledger;

import foldback.fold.Incident;
import io.agroal.api.AgroalPoolInterceptor;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
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
    private static final long MOST_BYTES = 32 << 20;
    /** Beside its row: its place in the map, and three objects. */
    private static final int BYTES_OF_A_PLACE = 200;

    private static final int BYTES_OF_A_STEP = 256;
    private static final Duration LONGEST = Duration.ofMinutes(1);
    /** Where others write the same streams, to read first costs less than to begin again with each batch. */
    private static final Duration AFTER_A_RIVAL = Duration.ofSeconds(10);

    /** One head, its row and that of its incident; changed in place, for what is new and kept is what burdens the collector. */
    private static final class Known {
        private byte[] row = {};
        private int length;
        private long version;
        /** Of the clock's nanoseconds. */
        private long until;

        void take(byte[] newRow, long newVersion) {
            int size = (newRow.length / BYTES_OF_A_STEP + 1) * BYTES_OF_A_STEP;
            if (size > row.length || size < row.length / 2) {
                row = new byte[size];
            }
            System.arraycopy(newRow, 0, row, 0, newRow.length);
            length = newRow.length;
            version = newVersion;
        }

        int bytes() {
            return BYTES_OF_A_PLACE + row.length;
        }
    }

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
    Map<UUID, StreamHead> of(Collection<UUID> streams) {
        List<byte[]> rows = new ArrayList<>();
        long now = nanos.getAsLong();
        synchronized (this) {
            for (UUID stream : streams) {
                Known one = heads.get(stream);
                if (one != null && one.until - now > 0) {
                    rows.add(Arrays.copyOf(one.row, one.length));
                }
            }
        }
        Map<UUID, StreamHead> known = new HashMap<>();
        for (byte[] row : rows) {
            StreamHead head = head(row);
            known.put(head.streamId(), head);
        }
        return known;
    }

    /**
     * Keeps heads once the transaction that wrote them has committed.
     *
     * @param written as they were given to be written, so of the version before
     */
    void keep(Collection<StreamHead> written) {
        List<byte[]> rows = written.stream().map(KnownHeads::row).toList();
        long now = nanos.getAsLong();
        synchronized (this) {
            if (notBefore != null && notBefore - now > 0) {
                return;
            }
            notBefore = null;
            Iterator<byte[]> row = rows.iterator();
            written.forEach(head -> put(head.streamId(), head.version() + 1, row.next(), now));
        }
    }

    private void put(UUID streamId, long version, byte[] row, long now) {
        Known one = heads.computeIfAbsent(streamId, id -> new Known());
        // Two writers of this process may tell of their commits in another order than that of the commits.
        if (one.version > version) {
            return;
        }
        // What was made of something known is as old as that.
        if (one.version == 0 || one.until - now <= 0) {
            one.until = now + LONGEST.toNanos();
        }
        bytes -= one.version == 0 ? 0 : one.bytes();
        one.take(row, version);
        bytes += one.bytes();
        Iterator<Known> eldest = heads.values().iterator();
        while (bytes > MOST_BYTES) {
            bytes -= eldest.next().bytes();
            eldest.remove();
        }
    }

    private static StreamHead head(byte[] row) {
        try {
            PackedCells cells = new PackedCells(row);
            StreamHead bare = HeadColumns.head(cells, null);
            return cells.hasMore() ? bare.with(IncidentRow.incident(cells)) : bare;
        } catch (SQLException e) {
            throw new IllegalStateException("no database is read here", e);
        }
    }

    private static byte[] row(StreamHead head) {
        PackedCells.Packing packing = new PackedCells.Packing();
        HeadColumns.ALL.pack(head, packing);
        Incident incident = head.state().incident();
        if (incident != null) {
            IncidentColumns.ALL.pack(new IncidentRow(head.streamId(), incident), packing);
        }
        return packing.packed();
    }

    /** A transaction failed, or something else than callbacks changed them: what is stored may be another. */
    synchronized void forget(Collection<UUID> streams) {
        for (UUID stream : streams) {
            Known former = heads.remove(stream);
            bytes -= former == null ? 0 : former.bytes();
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
