package foldback.ledger;

import foldback.fold.Event;
import foldback.fold.Fold;
import foldback.fold.StreamState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Folds all of the log of some streams that are neighbours by id, and finds what that changes. Events and stored incidents pass by once, in
 * step, so that the memory it takes does not grow with the streams; what people did on one stream is held while it is folded.
 */
final class RangeFold {
    /**
     * What came of it.
     *
     * @param events that were folded
     * @param differing incidents that came out different: those written and those removed
     * @param heads that are to be another than they are, as far as the fold decides them
     */
    record Result(long events, long differing, List<StreamHead> heads) {
        boolean changesNothing() {
            return differing == 0 && heads.isEmpty();
        }
    }

    private final Connection connection;
    private final Fold fold;
    private final int foldVersion;
    private final @Nullable RebuildWrites writes;
    private final List<StreamHead> heads = new ArrayList<>();
    private long events;
    private long differing;

    /** @param writes where changed incidents go; null where they are counted only */
    RangeFold(Connection connection, Fold fold, int foldVersion, @Nullable RebuildWrites writes) {
        this.connection = connection;
        this.fold = fold;
        this.foldVersion = foldVersion;
        this.writes = writes;
    }

    /** @param streams in the order of their ids, each with its bare head as it is behind the lock or in the snapshot of the transaction */
    Result run(List<UUID> streams, Map<UUID, StreamHead> heads) throws SQLException {
        UUID first = streams.get(0);
        UUID last = streams.get(streams.size() - 1);
        Map<UUID, List<Event.Operator>> operators = OperatorReader.between(connection, first, last);
        try (EventScan log = EventScan.between(connection, first, last);
                IncidentScan stored = IncidentScan.between(connection, first, last)) {
            for (UUID stream : streams) {
                StreamHead head = heads.get(stream);
                if (head != null) {
                    fold(head, operators.getOrDefault(stream, List.of()), log, stored);
                }
            }
        }
        if (writes != null) {
            writes.finish();
        }
        return new Result(events, differing, this.heads);
    }

    private void fold(StreamHead head, List<Event.Operator> operators, EventScan log, IncidentScan stored)
            throws SQLException {
        UUID stream = head.streamId();
        Divergence divergence = new Divergence(
                () -> stored.next(stream), writes == null ? Divergence.Changes.COUNTED : writes.of(stream));
        StreamFold whole = new StreamFold(fold, operators, divergence::renewed);
        for (Event.Moving event = log.next(stream); event != null; event = log.next(stream)) {
            whole.take(event);
        }
        StreamState state = whole.end();
        divergence.end();
        events += whole.signals() + operators.size();
        differing += divergence.differing();
        StreamHead refolded = head.refolded(foldVersion, state, whole.strays(), whole.incidents())
                .bare();
        if (!refolded.sameRow(head)) {
            heads.add(refolded);
        }
    }
}
