package foldback.callback;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;
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

    /** In the order that {@link #of} reads. */
    static final String COLUMNS = """
            q.id, q.received_at, q.remote_address, q.content_type, q.kind, q.reason, q.field, q.status,
            (select count(*) from quarantine_deliveries d where d.quarantine_id = q.id) as deliveries,
            q.body, q.retried_at, q.event_ids
            """;

    static NativeQuery<Object[]> query(Session session, String sql) {
        return session.createNativeQuery(sql, Object[].class)
                .addScalar("id", UUID.class)
                .addScalar("received_at", Instant.class)
                .addScalar("remote_address", String.class)
                .addScalar("content_type", String.class)
                .addScalar("kind", String.class)
                .addScalar("reason", String.class)
                .addScalar("field", String.class)
                .addScalar("status", String.class)
                .addScalar("deliveries", Long.class)
                .addScalar("body", byte[].class)
                .addScalar("retried_at", Instant.class)
                .addScalar("event_ids", UUID[].class);
    }

    static QuarantineEntry of(Object[] row) {
        byte[] body = (byte[]) row[9];
        return new QuarantineEntry(
                (UUID) row[0],
                (Instant) row[1],
                (String) row[2],
                (String) row[3],
                (String) row[4],
                (String) row[5],
                (String) row[6],
                (String) row[7],
                (Long) row[8],
                new String(body, StandardCharsets.UTF_8),
                Base64.getEncoder().encodeToString(body),
                (Instant) row[10],
                List.of((UUID[]) row[11]));
    }
}
