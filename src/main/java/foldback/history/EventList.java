package foldback.history;

import foldback.history.EventDetail.Delivery;
import foldback.listing.Condition;
import foldback.listing.Cursor;
import foldback.listing.Facet;
import foldback.listing.Facets;
import foldback.listing.Page;
import foldback.listing.Parameters;
import foldback.listing.Portion;
import foldback.listing.Room;
import foldback.listing.Selection;
import foldback.listing.Snapshot;
import foldback.listing.TimeRange;
import foldback.listing.WeighedRows;
import foldback.listing.Where;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** The log, newest recorded first: ids grow with the recording. */
@Singleton
class EventList {
    private static final WeighedRows<StoredEvent> EVENTS =
            new WeighedRows<>(StoredEvent.class, "e", StoredEvent.WEIGHT);
    private static final String LIST = "select e.* from events e where %s";
    private static final String ORDER = "e.id desc";

    private static final String COUNT = "select count(*) from events e where %s";

    private static final String BODY = """
            select coalesce(e.body, b.body) from events e
            left join shared_bodies b on b.callback_id = e.callback_id and b.part = e.part
            where e.stream_id = :stream and e.occurred_at = :at and e.id = :id
            """;

    private static final String DUPLICATES = """
            select d.received_at, d.remote_address, d.callback_id from deliveries d
            where d.stream_id = :stream and d.event_id = :id
            union all
            select q.received_at, q.remote_address, q.callback_id from quarantine_deliveries q
            where q.quarantine_id = :callback and q.callback_id <> :callback
            order by received_at, callback_id
            """;

    private static final Facets FACETS = new Facets()
            .with("streamId", Facet.id("e.stream_id"))
            .with("type", Facet.words("e.type", "event_type", StoredEvent.TYPES))
            .with("signal", Facet.signal("e.signal"));

    private final Snapshot snapshot;

    EventList(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    Page<EventView> page(Parameters parameters) {
        int limit = parameters.limit(Parameters.DEFAULT_LIMIT);
        boolean counting = parameters.counting();
        String list = "events " + parameters.list();
        Where where = where(parameters);
        Where place = where.copy();
        parameters.cursor(list, Objects::isNull).ifPresent(after -> place.and(Condition.of("e.id < ?", after.id())));
        return snapshot.ask(session -> {
            Portion<StoredEvent> events =
                    EVENTS.read(session, LIST.formatted(place.sql()), place, ORDER, Room.ofPage(limit));
            Map<UUID, UUID> holders = Holders.of(session, events.rows());
            Long count = counting ? where.count(session, COUNT) : null;
            return Page.of(events, last -> Cursor.at(null, last.id).text(list), count)
                    .map(event -> EventView.of(event, holders.get(event.id)));
        });
    }

    /** All that the parameters ask for. */
    static Selection all(Parameters parameters) {
        return new Selection(where(parameters), ORDER);
    }

    private static Where where(Parameters parameters) {
        String column = parameters.choice("time", "occurred", "received").equals("occurred")
                ? "e.occurred_at"
                : "e.received_at";
        Where where = FACETS.where(parameters);
        if (withoutSignals(parameters)) {
            where.and(Condition.of("e.type <> 'signal'"));
        }
        TimeRange.of(parameters).restrict(where, column);
        return where;
    }

    /** Operator events have an index of their own, which is of use where the query says that no others are wanted. */
    private static boolean withoutSignals(Parameters parameters) {
        List<String> types = parameters.values("type");
        return parameters.values("type!").contains(StoredEvent.SIGNAL)
                || (!types.isEmpty() && !types.contains(StoredEvent.SIGNAL));
    }

    /** Null where there is no such event. */
    @Nullable
    EventDetail one(UUID id) {
        return snapshot.ask(session -> {
            StoredEvent event = StoredEvent.findById(id);
            if (event == null) {
                return null;
            }
            UUID holder = Holders.of(session, List.of(event)).get(id);
            EventView view = EventView.of(event, holder);
            return event.type.equals(StoredEvent.SIGNAL)
                    ? new EventDetail(
                            view, EventDetail.Sent.of(event, body(session, event)), deliveries(session, event))
                    : new EventDetail(view, null, List.of());
        });
    }

    private static byte[] body(Session session, StoredEvent event) {
        return session.createNativeQuery(BODY, byte[].class)
                .setParameter("stream", event.stream.streamId)
                .setParameter("at", event.occurredAt)
                .setParameter("id", event.id)
                .getSingleResult();
    }

    private static List<Delivery> deliveries(Session session, StoredEvent event) {
        List<Delivery> deliveries = new ArrayList<>();
        deliveries.add(new Delivery(event.receivedAt, event.remoteAddress));
        session.createNativeQuery(DUPLICATES, Object[].class)
                .addScalar("received_at", Instant.class)
                .addScalar("remote_address", String.class)
                .addScalar("callback_id", UUID.class)
                .setParameter("stream", event.stream.streamId)
                .setParameter("id", event.id)
                .setParameter("callback", event.callbackId)
                .list()
                .forEach(row -> deliveries.add(new Delivery((Instant) row[0], (String) row[1])));
        return deliveries;
    }
}
