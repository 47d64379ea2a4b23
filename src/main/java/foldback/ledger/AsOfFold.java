package foldback.ledger;

import foldback.database.UuidArray;
import foldback.fold.Event;
import foldback.fold.EventIds;
import foldback.fold.Fold;
import foldback.fold.FoldPolicy;
import foldback.fold.Incident;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Folds streams as they were once recorded: of each only the events that the log held at an instant, by the database's clock. With the
 * policy that the stream is folded with today. Events pass by one at a time, incidents too; what people did on a few hundred streams is
 * held at once.
 */
public final class AsOfFold {
    private static final int STREAMS_AT_ONCE = 200;

    private static final String STREAMS = """
            select h.stream_id, v.reopen_within_millis, s.user_id, s.rule_id, cast(s.dimensions as text) as dimensions
            from stream_heads h
            join fold_versions v on v.version = h.fold_version
            join streams s on s.stream_id = h.stream_id
            where h.stream_id = any (?)
            """;

    /**
     * A stream that is folded again: what makes it, none of which ever changes.
     *
     * @param dimensions a JSON object of text values
     * @param operators all that people had done on it
     */
    public record Stream(
            UUID id,
            @Nullable String userId,
            @Nullable String ruleId,
            String dimensions,
            Fold fold,
            List<Event.Operator> operators) {

        /** What people had said about one of its incidents. */
        public List<String> notes(Incident incident) {
            List<String> notes = new ArrayList<>();
            for (Event.Operator operator : operators) {
                boolean ended = operator.position().equals(incident.end());
                if (operator.note() != null && (ended || incident.spans(operator.names()))) {
                    notes.add(operator.note());
                }
            }
            return notes;
        }
    }

    /** Where the incidents go, in the order of streams and of their first signals, each as it was at the instant. */
    @FunctionalInterface
    public interface Target {
        void take(Stream stream, Incident incident) throws SQLException;
    }

    private final Connection connection;
    private final Instant asOf;

    /** @param connection in a snapshot, so that all of it sees one state */
    public AsOfFold(Connection connection, Instant asOf) {
        this.connection = connection;
        this.asOf = asOf;
    }

    /** Folds the streams, in whatever order they are given. */
    public void run(List<UUID> streams, Target target) throws SQLException {
        EventScan.readAlongTheKey(connection);
        List<UUID> sorted = streams.stream().sorted(EventIds::compare).toList();
        for (int from = 0; from < sorted.size(); from += STREAMS_AT_ONCE) {
            some(sorted.subList(from, Math.min(from + STREAMS_AT_ONCE, sorted.size())), target);
        }
    }

    private void some(List<UUID> ids, Target target) throws SQLException {
        Map<UUID, Stream> streams = streams(ids, OperatorReader.recordedBy(connection, ids, asOf));
        try (EventScan log = EventScan.recordedBy(connection, ids, asOf)) {
            for (UUID id : ids) {
                Stream stream = streams.get(id);
                if (stream != null) {
                    fold(stream, log, target);
                }
            }
        }
    }

    private static void fold(Stream stream, EventScan log, Target target) throws SQLException {
        StreamFold whole = new StreamFold(stream.fold, stream.operators, incident -> target.take(stream, incident));
        for (Event.Moving event = log.next(stream.id); event != null; event = log.next(stream.id)) {
            whole.take(event);
        }
        whole.end();
    }

    private Map<UUID, Stream> streams(List<UUID> ids, Map<UUID, List<Event.Operator>> operators) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(STREAMS)) {
            statement.setArray(1, UuidArray.of(connection, ids));
            Map<UUID, Stream> streams = new HashMap<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    Fold fold = new Fold(new FoldPolicy(Duration.ofMillis(rows.getLong("reopen_within_millis"))));
                    UUID id = Rows.uuid(rows, "stream_id");
                    streams.put(
                            id,
                            new Stream(
                                    id,
                                    rows.getString("user_id"),
                                    rows.getString("rule_id"),
                                    Rows.text(rows, "dimensions"),
                                    fold,
                                    operators.getOrDefault(id, List.of())));
                }
            }
            return streams;
        }
    }
}
