package foldback.ledger;

import foldback.fold.Incident;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Names what an incident is by now: another name with every event that touches it, also with one that changes nothing but its timeline,
 * and the same name however much time passes. Computed from its row, from the one before it, and from the number of events of which the row need not
 * tell; it costs no write. Every replica computes the same.
 */
public final class IncidentVersion {
    /** Each has 6 bits of the hash: none that was ever given out comes again for something else. */
    private static final int LETTERS = 24;

    /**
     * What people did is counted, for a second acknowledgement leaves the row as it is, and one that was taken back makes it what it was. Of the
     * signals, only a late one can leave the row as it is, and it has a greater id than all that were recorded before it: where the stream
     * has none, or none so new, they need not be counted.
     */
    private static final String READ = """
            select %s, p.id as previous_id, p.resolved_at as previous_resolved_at,
                (select count(*) from events e
                    where e.stream_id = i.stream_id and e.type <> 'signal' and e.occurred_at >= i.first_at
                      and ((e.names_at, e.names_id) >= (i.first_at, i.first_id) and (e.names_at, e.names_id) <= (i.last_at, i.last_id)
                        or e.type = 'resolved'
                          and (e.occurred_at, e.id) >= (i.first_at, i.first_id) and (e.occurred_at, e.id) <= (i.last_at, i.last_id))) as acts,
                case when h.late_count = 0 or h.greatest_id <= i.last_id then 0 else (select count(*) from events e
                    where e.stream_id = i.stream_id and e.occurred_at >= i.first_at and e.occurred_at <= i.last_at
                      and (e.occurred_at, e.id) >= (i.first_at, i.first_id) and (e.occurred_at, e.id) <= (i.last_at, i.last_id)
                      and e.id > i.last_id) end as late
            from incidents i
            join stream_heads h on h.stream_id = i.stream_id
            %s
            where i.stream_id = ? and i.id = ?
            """.formatted(IncidentColumns.ALL.names("i."), IncidentSpans.PREVIOUS);

    private IncidentVersion() {}

    /** Null where there is no such incident. */
    public static @Nullable String of(Connection connection, UUID streamId, UUID id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(READ)) {
            statement.setObject(1, streamId);
            statement.setObject(2, id);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? of(row, streamId) : null;
            }
        }
    }

    private static String of(ResultSet row, UUID streamId) throws SQLException {
        Incident incident = Objects.requireNonNull(IncidentRow.incidentOrNull(row, 1));
        List<String> parts = List.of(
                IncidentColumns.ALL.text(new IncidentRow(streamId, incident)),
                String.valueOf(Rows.uuidOrNull(row, "previous_id")),
                String.valueOf(Rows.instantOrNull(row, "previous_resolved_at")),
                Long.toString(row.getLong("acts")),
                Long.toString(row.getLong("late")));
        byte[] hash = Sha256.of(String.join("\n", parts).getBytes(StandardCharsets.UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hash).substring(0, LETTERS);
    }
}
