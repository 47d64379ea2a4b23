package foldback.ledger;

import foldback.fold.EventIds;
import foldback.fold.Position;
import foldback.ledger.StreamHeads.HeadMoved;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * Records some callbacks in one transaction, which the caller commits: reads the heads of their streams, tells new signals from known
 * ones, appends and folds the new ones, and writes what that changed. Nothing of a batch is visible before all of it is durable.
 */
final class Batch {
    private final Connection connection;
    private final FoldVersions versions;
    private final Instant now;
    private final LongSupplier random;
    /** In the order of their ids, so that writers of the same streams take their rows in the same order. */
    private final Map<UUID, StreamBatch> streams = new TreeMap<>(EventIds::compare);

    Batch(Connection connection, FoldVersions versions, Instant now, LongSupplier random) {
        this.connection = connection;
        this.versions = versions;
        this.now = now;
        this.random = random;
    }

    /**
     * Records all of the callbacks, in this order.
     *
     * @param locking whether to take the heads before reading them, which cannot collide but makes writers wait for each other
     * @return the outcome of each callback, to be told once the transaction has committed, and what to count
     */
    Result record(List<Callback> callbacks, boolean locking) throws SQLException, HeadMoved {
        List<Arrival> arrivals = arrivals(callbacks, locking);
        List<Placement> placements = place(arrivals);
        BatchLog log = new BatchLog(placements);
        log.write(connection);
        for (StreamBatch stream : streams.values()) {
            if (stream.mustReplay()) {
                replay(stream, log.arrivals(stream));
            }
        }
        write();
        return new BatchOutcomes(connection, placements, log).result(callbacks);
    }

    record Result(List<Outcome> outcomes, CallbackCounts counts) {}

    private List<Arrival> arrivals(List<Callback> callbacks, boolean locking) throws SQLException {
        Map<UUID, Reading> readings = new TreeMap<>(EventIds::compare);
        for (Callback callback : callbacks) {
            for (int i = 0; i < callback.readings().size(); i++) {
                readings.putIfAbsent(
                        callback.streamIds().get(i), callback.readings().get(i));
            }
        }
        Map<UUID, StreamHead> heads = locking
                ? StreamHeads.lock(connection, readings.keySet())
                : StreamHeads.read(connection, readings.keySet());
        FoldVersions.Version current = versions.current(connection);
        for (Map.Entry<UUID, Reading> entry : readings.entrySet()) {
            StreamHead head = heads.get(entry.getKey());
            FoldVersions.Version version =
                    head == null || head.untouched() ? current : versions.of(connection, head.foldVersion());
            streams.put(
                    entry.getKey(),
                    new StreamBatch(entry.getKey(), entry.getValue().stream(), version.fold(), version.number(), head));
        }
        Digests digests = new Digests();
        List<Arrival> arrivals = new ArrayList<>();
        for (Callback callback : callbacks) {
            for (int i = 0; i < callback.readings().size(); i++) {
                UUID streamId = callback.streamIds().get(i);
                arrivals.add(new Arrival(
                        arrivals.size(), callback, callback.readings().get(i), streamId, heads.get(streamId), digests));
            }
        }
        return arrivals;
    }

    private List<Placement> place(List<Arrival> arrivals) throws SQLException {
        List<Arrival> candidates = arrivals.stream().filter(Arrival::mayBeKnown).toList();
        Placing placing = new Placing(Duplicates.find(connection, candidates), now, random);
        List<Placement> placements = new ArrayList<>(arrivals.size());
        for (Arrival arrival : arrivals) {
            placements.add(placing.place(arrival, stream(arrival.streamId())));
        }
        return placements;
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

    private void write() throws SQLException, HeadMoved {
        List<StreamTable.Row> renamed = new ArrayList<>();
        List<IncidentRow> removed = new ArrayList<>();
        List<IncidentRow> written = new ArrayList<>();
        List<StreamHead> heads = new ArrayList<>();
        for (StreamBatch stream : streams.values()) {
            StreamTable.Row row = stream.renamed();
            if (row != null) {
                renamed.add(row);
            }
            Difference difference = stream.difference();
            removed.addAll(IncidentTable.rows(stream.id(), difference.removed()));
            written.addAll(IncidentTable.rows(stream.id(), difference.written()));
            heads.add(stream.newHead());
        }
        StreamHeads.write(connection, heads);
        StreamTable.write(connection, renamed);
        IncidentTable.write(connection, removed, written);
    }

    private StreamBatch stream(UUID id) {
        StreamBatch stream = streams.get(id);
        if (stream == null) {
            throw new IllegalStateException("stream " + id + " is no part of the batch");
        }
        return stream;
    }
}
