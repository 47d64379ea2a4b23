package foldback.ledger;

import static foldback.ledger.Columns.column;

import foldback.database.Together;
import foldback.fold.Display;
import foldback.fold.Event;
import foldback.fold.Position;
import foldback.fold.Said;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The only writer of the log: {@code events}, {@code shared_bodies} and {@code deliveries}. It only ever inserts. */
final class EventLog {
    private static final Display NO_DISPLAY = Display.of(null, null, null);

    /**
     * An event to append.
     *
     * @param callbackId the callback that brought it; null for an operator event
     * @param digest of the bytes, where the time is estimated
     * @param body the bytes it was read from; null where they are kept in {@code shared_bodies}, and for an operator event
     */
    record Entry(
            UUID streamId,
            Event event,
            Instant receivedAt,
            @Nullable UUID callbackId,
            int part,
            @Nullable String remoteAddress,
            @Nullable String contentType,
            @Nullable UUID digest,
            byte @Nullable [] body) {}

    /** The bytes that several events share. */
    record SharedBody(UUID digest, byte[] body) {}

    /** One element of a callback's array, or its whole body. */
    record PartKey(UUID callbackId, int part) {}

    /** A further delivery of an event that is in the log. */
    record Delivery(
            UUID streamId,
            Position event,
            UUID callbackId,
            Instant receivedAt,
            @Nullable String remoteAddress,
            boolean broughtNews) {}

    record DeliveryKey(UUID eventId, UUID callbackId) {}

    private static final Columns<Entry> EVENTS = Columns.of(
                    column("stream_id", "uuid", Entry::streamId),
                    column("occurred_at", "timestamptz", entry -> entry.event().occurredAt()),
                    column("id", "uuid", entry -> entry.event().position().id()),
                    column("callback_id", "uuid", Entry::callbackId),
                    column("received_at", "timestamptz", Entry::receivedAt),
                    column("names_at", "timestamptz", operator(event -> event.names()
                            .occurredAt())),
                    column("names_id", "uuid", operator(event -> event.names().id())),
                    column("type", "event_type", entry -> EventTypes.of(entry.event())),
                    column("signal", "signal", said(Said::signal)),
                    column("level", "level", said(Said::level)),
                    column("previous_level", "level", said(Said::previousLevel)),
                    column("part", "integer", Entry::part),
                    column("time_estimated", "boolean", EventLog::timeEstimated),
                    column("cur_value", "text", said(Said::curValue)),
                    column("trans_id", "text", said(Said::transId)))
            .and(DisplayColumns.of(EventLog::display))
            .and(List.of(
                    column("expression", "text", entry -> display(entry).expression()),
                    column(
                            "labels",
                            "text",
                            entry -> JsonText.orNull(display(entry).labels())),
                    column("by", "text", operator(Event.Operator::by)),
                    column("note", "text", operator(Event.Operator::note)),
                    column("remote_address", "text", Entry::remoteAddress),
                    column("content_type", "text", Entry::contentType),
                    column("digest", "uuid", Entry::digest),
                    column("body", "bytea", Entry::body)));

    private static final Columns<Map.Entry<PartKey, SharedBody>> SHARED_BODIES = Columns.of(
            column("callback_id", "uuid", shared -> shared.getKey().callbackId()),
            column("part", "integer", shared -> shared.getKey().part()),
            column("digest", "uuid", shared -> shared.getValue().digest()),
            column("body", "bytea", shared -> shared.getValue().body()));

    private static final Columns<Delivery> DELIVERIES = Columns.of(
            column("stream_id", "uuid", Delivery::streamId),
            column("event_id", "uuid", delivery -> delivery.event().id()),
            column("event_at", "timestamptz", delivery -> delivery.event().occurredAt()),
            column("callback_id", "uuid", Delivery::callbackId),
            column("received_at", "timestamptz", Delivery::receivedAt),
            column("remote_address", "text", Delivery::remoteAddress),
            column("brought_news", "boolean", Delivery::broughtNews));

    private static final String APPEND = insert("events", EVENTS);
    private static final String SHARE = insert("shared_bodies", SHARED_BODIES);
    private static final String DELIVER =
            insert("deliveries", DELIVERIES) + " on conflict do nothing returning event_id, callback_id";

    private EventLog() {}

    static void append(Together together, List<Entry> entries) {
        EVENTS.write(together, APPEND, entries);
    }

    static void share(Together together, List<Map.Entry<PartKey, SharedBody>> bodies) {
        SHARED_BODIES.write(together, SHARE, bodies);
    }

    /** Keeps the deliveries that are not kept yet, and tells which those are. */
    static Set<DeliveryKey> deliver(Connection connection, List<Delivery> deliveries) throws SQLException {
        Set<DeliveryKey> added = new HashSet<>();
        if (deliveries.isEmpty()) {
            return added;
        }
        try (PreparedStatement statement = connection.prepareStatement(DELIVER)) {
            DELIVERIES.bind(statement, deliveries);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    added.add(new DeliveryKey(Rows.uuid(rows, "event_id"), Rows.uuid(rows, "callback_id")));
                }
            }
        }
        return added;
    }

    private static <T> String insert(String table, Columns<T> columns) {
        return "insert into %s (%s) select %s from %s"
                .formatted(table, columns.names(""), columns.names("u."), columns.rows("u"));
    }

    private static Display display(Entry entry) {
        return entry.event() instanceof Event.Signalled signalled
                ? signalled.said().display()
                : NO_DISPLAY;
    }

    private static boolean timeEstimated(Entry entry) {
        return entry.event() instanceof Event.Signalled signalled && signalled.timeEstimated();
    }

    private static Function<Entry, @Nullable Object> said(Function<Said, @Nullable Object> value) {
        return entry -> entry.event() instanceof Event.Signalled signalled ? value.apply(signalled.said()) : null;
    }

    private static Function<Entry, @Nullable Object> operator(Function<Event.Operator, @Nullable Object> value) {
        return entry -> entry.event() instanceof Event.Operator operator ? value.apply(operator) : null;
    }
}
