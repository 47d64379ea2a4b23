package foldback.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.hibernate.Session;

/** Which incident holds each of some events: around a signal, around the event that an operator named, or ended by a resolution. */
final class Holders {
    /** Of the incidents that began up to a place, only the latest can hold it: those of a stream do not overlap. */
    private static final String LATEST = """
            (
                select h.id, h.last_at, h.last_id, h.resolved_id from incidents h
                where h.stream_id = %2$s.stream_id and (h.first_at, h.first_id) <= (%3$s, %4$s)
                order by h.first_at desc, h.first_id desc
                limit 1
            ) %1$s
            """;

    private static final String HOLDS = "((%1$s.last_at, %1$s.last_id) >= (%3$s, %4$s) or %1$s.resolved_id = %5$s)";

    private static final String HOLDERS =
            """
            select u.event_id, i.id
            from unnest(cast(:events as uuid[]), cast(:streams as uuid[]), cast(:ats as timestamptz[]), cast(:ids as uuid[]))
                as u (event_id, stream_id, at, id)
            join lateral
            """ + (LATEST + "on " + HOLDS).formatted("i", "u", "u.at", "u.id", "u.event_id");

    /** The same of an event {@code e} as a value, null where none holds it: looked for only where there is something to look for. */
    static final String ID = """
            coalesce(
                case when e.type in ('signal', 'resolved') then %s end,
                case when e.names_at is not null then %s end)
            """.formatted(id("e.occurred_at", "e.id"), id("e.names_at", "e.names_id"));

    private record Place(StoredEvent event, Instant at, UUID id) {}

    private Holders() {}

    private static String id(String at, String id) {
        return ("(select i.id from " + LATEST + "where " + HOLDS + ")").formatted("i", "e", at, id, "e.id");
    }

    /** Incident ids by event id. */
    static Map<UUID, UUID> of(Session session, List<StoredEvent> events) {
        List<Place> own = new ArrayList<>();
        List<Place> named = new ArrayList<>();
        for (StoredEvent event : events) {
            if (event.type.equals(StoredEvent.SIGNAL) || event.type.equals(StoredEvent.RESOLVED)) {
                own.add(new Place(event, event.occurredAt, event.id));
            }
            if (event.namesAt != null && event.namesId != null) {
                named.add(new Place(event, event.namesAt, event.namesId));
            }
        }
        // A resolution belongs where it lies; only where no incident is, to the one that it names.
        Map<UUID, UUID> holders = ask(session, named);
        holders.putAll(ask(session, own));
        return holders;
    }

    private static Map<UUID, UUID> ask(Session session, List<Place> places) {
        Map<UUID, UUID> holders = new HashMap<>();
        if (places.isEmpty()) {
            return holders;
        }
        session.createNativeQuery(HOLDERS, Object[].class)
                .setParameter("events", uuids(places, place -> place.event.id))
                .setParameter("streams", uuids(places, place -> place.event.stream.streamId))
                .setParameter("ats", places.stream().map(Place::at).toArray(Instant[]::new))
                .setParameter("ids", uuids(places, Place::id))
                .list()
                .forEach(row -> holders.put((UUID) row[0], (UUID) row[1]));
        return holders;
    }

    private static UUID[] uuids(List<Place> places, Function<Place, UUID> of) {
        return places.stream().map(of).toArray(UUID[]::new);
    }
}
