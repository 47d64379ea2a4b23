package foldback.ledger;

import static foldback.ledger.Columns.column;

import foldback.fold.Incident;
import foldback.fold.Position;
import foldback.fold.Signal;
import foldback.fold.StreamState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How a stream's head lies in {@code stream_heads}. */
final class HeadColumns {
    static final Columns<StreamHead> ALL = Columns.of(
            column("stream_id", "uuid", StreamHead::streamId),
            column("version", "bigint", head -> head.version() + 1),
            column("fold_version", "integer", StreamHead::foldVersion),
            column("newest_at", "timestamptz", StreamHead::newestAt),
            column("greatest_id", "uuid", StreamHead::greatestId),
            column("signal", "signal", head -> head.state().signal()),
            column("signal_since", "timestamptz", head -> head.state().signalSince()),
            column("last_signal_at", "timestamptz", lastSignal(Position::occurredAt)),
            column("last_signal_id", "uuid", lastSignal(Position::id)),
            column("no_data_trans_id", "text", head -> head.state().noDataTransId()),
            column("incident_id", "uuid", StreamHead::incidentId),
            column("estimated_at", "timestamptz", StreamHead::estimatedAt),
            column("signal_count", "bigint", head -> head.counts().signals()),
            column("operator_count", "bigint", head -> head.counts().operators()),
            column("stray_count", "bigint", head -> head.counts().strays()),
            column("duplicate_count", "bigint", head -> head.counts().duplicates()),
            column("late_count", "bigint", head -> head.counts().late()),
            column("incident_count", "bigint", head -> head.counts().incidents()),
            column("display_hash", "integer", StreamHead::displayHash));

    private HeadColumns() {}

    /** A row that begins with {@link #ALL}. */
    static StreamHead head(ResultSet row, @Nullable Incident incident) throws SQLException {
        return head(new Cells.Stored(row, 1), incident);
    }

    static StreamHead head(Cells cells, @Nullable Incident incident) throws SQLException {
        return new StreamHead(
                cells.uuid(),
                cells.number(),
                (int) cells.number(),
                cells.instant(),
                cells.uuid(),
                state(cells, incident),
                cells.uuidOrNull(),
                cells.instantOrNull(),
                new StreamHead.Counts(
                        cells.number(), cells.number(), cells.number(), cells.number(), cells.number(), cells.number()),
                (int) cells.number());
    }

    private static StreamState state(Cells cells, @Nullable Incident incident) throws SQLException {
        Signal signal = cells.signalOrNull();
        Instant signalSince = cells.instantOrNull();
        Instant lastAt = cells.instantOrNull();
        UUID lastId = cells.uuidOrNull();
        Position last = lastAt == null || lastId == null ? null : new Position(lastAt, lastId);
        return new StreamState(signal, signalSince, last, cells.textOrNull(), incident);
    }

    private static Function<StreamHead, @Nullable Object> lastSignal(Function<Position, Object> part) {
        return head -> {
            Position last = head.state().lastSignal();
            return last == null ? null : part.apply(last);
        };
    }
}
