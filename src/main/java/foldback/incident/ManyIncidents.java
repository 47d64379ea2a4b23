package foldback.incident;

import foldback.ledger.IncidentSpans;
import foldback.listing.Condition;
import foldback.listing.Parameters;
import foldback.listing.Portion;
import foldback.listing.Room;
import foldback.listing.WeighedRows;
import foldback.listing.Where;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.Session;

/** Finds many incidents at once, by their ids or those of others of their ALERTs and OKs. */
@Singleton
class ManyIncidents {
    private static final WeighedRows<StoredIncident> INCIDENTS =
            new WeighedRows<>(StoredIncident.class, "i", StoredIncident.WEIGHT);

    private static final String BY_ID = """
            select i.id as named, i.id, i.stream_id from incidents i where i.id = any(:ids)
            """;

    private static final String HOLDING = """
            select e.id as named, i.id, e.stream_id from events e
            """ + IncidentSpans.HOLDER + """
            where e.id = any(:ids) and e.signal in ('ALERT', 'OK')
            """;

    private static final String LIST = "select i.* from incidents i where %s";

    ManyIncidents() {}

    /** Where an incident lies. */
    record Place(UUID streamId, UUID incidentId) {}

    /** The incident of each of the ids; those of none are left out. */
    Map<UUID, Place> find(Session session, List<UUID> ids) {
        Map<UUID, Place> places = new HashMap<>();
        read(session, BY_ID, ids, places);
        List<UUID> others = ids.stream().filter(id -> !places.containsKey(id)).toList();
        if (!others.isEmpty()) {
            read(session, HOLDING, others, places);
        }
        return places;
    }

    private static void read(Session session, String sql, List<UUID> ids, Map<UUID, Place> places) {
        session.createNativeQuery(sql, Object[].class)
                .setParameter("ids", ids.toArray(UUID[]::new))
                .list()
                .forEach(row -> places.put((UUID) row[0], new Place((UUID) row[2], (UUID) row[1])));
    }

    /** The incidents as they are, as many as there is room for in one answer. */
    Map<UUID, IncidentView> views(Session session, List<UUID> ids, Instant now, Duration staleAfter) {
        Where where = new Where().and(Condition.of("i.id = any(?)", (Object) ids.toArray(UUID[]::new)));
        Portion<StoredIncident> rows =
                INCIDENTS.read(session, LIST.formatted(where.sql()), where, "i.id", Room.ofPage(Parameters.MAX_LIMIT));
        Map<UUID, IncidentView> views = new HashMap<>();
        rows.rows().forEach(incident -> views.put(incident.id, IncidentView.of(incident, now, staleAfter)));
        return views;
    }
}
