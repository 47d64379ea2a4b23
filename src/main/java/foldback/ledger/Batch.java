package foldback.ledger;

import foldback.database.Together;
import foldback.fold.EventIds;
import foldback.fold.Position;
import foldback.ledger.StreamHeads.HeadMoved;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Records some callbacks in one transaction, which the caller commits: takes the heads of their streams, tells new signals from known
 * ones, appends and folds the new ones, and writes what that changed. Nothing of a batch is visible before all of it is durable.
 */
final class Batch {
    private final Connection connection;
    private final FoldVersions versions;
    private final BatchHeads heads;
    private final Completeness.Writer writer;
    private final Instant now;
    private final LongSupplier random;
    /** In the order of their ids, so that writers of the same streams take their rows in the same order. */
    private final Map<UUID, StreamBatch> streams = new TreeMap<>(EventIds::compare);

    /**
     * @param known the heads that need not be read
     * @param writer whose counts the callbacks are added to
     */
    Batch(
            Connection connection,
            FoldVersions versions,
            KnownHeads known,
            Completeness.Writer writer,
            Instant now,
            LongSupplier random) {
        this.connection = connection;
        this.versions = versions;
        this.heads = new BatchHeads(connection, known);
        this.writer = writer;
        this.now = now;
        this.random = random;
    }

    /**
     * Records all of the callbacks, in this order.
     *
     * @param together what the transaction begins with, which goes with the first that is read or written
     * @param locking whether to take the heads before reading them, which cannot collide but makes writers wait for each other
     * @return the outcome of each callback, to be told once the transaction has committed
     */
    List<Outcome> record(List<Callback> callbacks, Together together, boolean locking) throws SQLException, HeadMoved {
        List<Arrival> arrivals = arrivals(callbacks, together, locking);
        List<Placement> placements = place(arrivals, together);
        BatchLog log = new BatchLog(placements);
        log.write(connection, together);
        if (streams.values().stream().anyMatch(StreamBatch::mustReplay)) {
            // What is read off the log must be in it.
            together.run(connection);
            replay(log);
        }
        Completeness.count(together, writer, log.counts(callbacks));
        write(together);
        return new BatchOutcomes(connection, placements).of(callbacks);
    }

    /** The heads, as they were given to be written. */
    List<StreamHead> written() {
        return heads.written();
    }

    private List<Arrival> arrivals(List<Callback> callbacks, Together together, boolean locking) throws SQLException {
        Map<UUID, Reading> readings = new TreeMap<>(EventIds::compare);
        for (Callback callback : callbacks) {
            for (int i = 0; i < callback.readings().size(); i++) {
                readings.putIfAbsent(
                        callback.streamIds().get(i), callback.readings().get(i));
            }
        }
        Map<UUID, StreamHead> found =
                locking ? heads.lock(together, readings.keySet()) : heads.read(together, readings.keySet());
        open(readings, found);
        Digests digests = new Digests();
        List<Arrival> arrivals = new ArrayList<>();
        for (Callback callback : callbacks) {
            for (int i = 0; i < callback.readings().size(); i++) {
                UUID streamId = callback.streamIds().get(i);
                arrivals.add(new Arrival(
                        arrivals.size(), callback, callback.readings().get(i), streamId, found.get(streamId), digests));
            }
        }
        return arrivals;
    }

    private void open(Map<UUID, Reading> readings, Map<UUID, StreamHead> found) throws SQLException {
        FoldVersions.Version current = null;
        for (Map.Entry<UUID, Reading> entry : readings.entrySet()) {
            StreamHead head = found.get(entry.getKey());
            FoldVersions.Version version;
            if (head != null && !head.untouched()) {
                version = versions.of(connection, head.foldVersion());
            } else {
                current = current == null ? versions.hold(connection) : current;
                version = current;
            }
            streams.put(
                    entry.getKey(),
                    new StreamBatch(entry.getKey(), entry.getValue().stream(), version.fold(), version.number(), head));
        }
    }

    private List<Placement> place(List<Arrival> arrivals, Together together) throws SQLException {
        List<Arrival> candidates = arrivals.stream().filter(Arrival::mayBeKnown).toList();
        if (!candidates.isEmpty()) {
            together.run(connection);
        }
        Placing placing = new Placing(Duplicates.find(connection, candidates), now, random);
        List<Placement> placements = new ArrayList<>(arrivals.size());
        for (Arrival arrival : arrivals) {
            placements.add(placing.place(arrival, stream(arrival.streamId())));
        }
        return placements;
    }

    private void replay(BatchLog log) throws SQLException {
        for (StreamBatch stream : streams.values()) {
            if (stream.mustReplay()) {
                replay(stream, log.arrivals(stream));
            }
        }
    }

    private void replay(StreamBatch stream, Set<UUID> arrivals) throws SQLException {
        StreamHead head = stream.head();
        StreamHead.Counts counts = head == null ? StreamHead.Counts.NONE : head.counts();
        Position earliest = stream.earliest();
        if (earliest == null || (head != null && head.lostIncident())) {
            stream.replayed(WholeFold.of(connection, stream.id(), stream.fold(), arrivals, counts));
        } else {
            Replay replay = new Replay(connection, stream.id(), stream.fold());
            stream.replayed(replay.arrived(earliest, arrivals, counts.operators() > 0));
        }
    }

    /** Heads first: who takes a stream's head may write its incidents. */
    private void write(Together together) throws SQLException, HeadMoved {
        List<StreamTable.Row> renamed = new ArrayList<>();
        List<StreamTable.FormerNames> former = new ArrayList<>();
        List<StreamHead> renewed = new ArrayList<>();
        Map<UUID, Difference> differences = new LinkedHashMap<>();
        for (StreamBatch stream : streams.values()) {
            addTo(renamed, stream.renamed());
            addTo(former, stream.formerNames());
            renewed.add(stream.newHead());
            differences.put(stream.id(), stream.difference());
        }
        heads.write(together, renewed);
        StreamTable.write(together, renamed);
        StreamTable.writeFormer(together, former);
        IncidentTable.write(together, differences);
        heads.refuseMoved(together.run(connection));
    }

    private static <T> void addTo(List<T> rows, @Nullable T row) {
        if (row != null) {
            rows.add(row);
        }
    }

    private StreamBatch stream(UUID id) {
        StreamBatch stream = streams.get(id);
        if (stream == null) {
            throw new IllegalStateException("stream " + id + " is no part of the batch");
        }
        return stream;
    }
}
