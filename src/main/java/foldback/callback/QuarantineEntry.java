package foldback.callback;

import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A callback that could not be read, as clients see it.
 *
 * @param kind event (a system event), other (another channel's message) or invalid
 * @param field the field at fault, where one is
 * @param status pending; resolved: a retry could read it; dismissed: by a person
 * @param deliveries how often it came, within ten minutes of the first time
 * @param body as UTF-8, with U+FFFD where it is none
 * @param eventIds the events that the successful retry recorded or found
 */
record QuarantineEntry(
        UUID id,
        Instant receivedAt,
        @Nullable String remoteAddress,
        @Nullable String contentType,
        String kind,
        String reason,
        @Nullable String field,
        String status,
        long deliveries,
        String body,
        String bodyBase64,
        @Nullable Instant retriedAt,
        List<UUID> eventIds) {

    static final String COLUMNS = """
            q.id, q.received_at, q.remote_address, q.content_type, q.kind, q.reason, q.field, q.status, q.body, q.retried_at,
            q.event_ids, (select count(*) from quarantine_deliveries d where d.quarantine_id = q.id) as deliveries
            """;

    static QuarantineEntry of(ResultSet row) throws SQLException {
        byte[] body = row.getBytes("body");
        OffsetDateTime retriedAt = row.getObject("retried_at", OffsetDateTime.class);
        Array eventIds = row.getArray("event_ids");
        return new QuarantineEntry(
                row.getObject("id", UUID.class),
                row.getObject("received_at", OffsetDateTime.class).toInstant(),
                row.getString("remote_address"),
                row.getString("content_type"),
                row.getString("kind"),
                row.getString("reason"),
                row.getString("field"),
                row.getString("status"),
                row.getLong("deliveries"),
                new String(body, StandardCharsets.UTF_8),
                Base64.getEncoder().encodeToString(body),
                retriedAt == null ? null : retriedAt.toInstant(),
                List.of((UUID[]) eventIds.getArray()));
    }
}
