package foldback.incident;

import foldback.ledger.IncidentSpans;
import foldback.ledger.IncidentVersion;
import foldback.problem.Refusal;
import foldback.repetition.EntityTag;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** Finds one incident, also by the id of another of its ALERTs and OKs: late events change ids, and people share links. */
@Singleton
class IncidentById {
    static final Duration RECENT = Duration.ofDays(30);

    /** The latest incident that began at or before the event, where it lasted until the event. */
    private static final String HOLDING = """
            select i.id from events e
            """ + IncidentSpans.HOLDER + """
            where e.id = :id and e.signal in ('ALERT', 'OK')
            """;

    private static final String PREVIOUS = """
            select i.* from incidents i
            where i.stream_id = :stream and (i.first_at, i.first_id) < (:firstAt, :firstId)
            order by i.first_at desc, i.first_id desc
            limit 1
            """;

    /** Where an incident was opened, its first signal came then or later; the index knows the latter. */
    private static final String SINCE = """
            select count(*) from incidents i
            where i.stream_id = :stream and i.first_at >= :since and i.opened_at >= :since
            """;

    private final Clock clock;
    private final Duration staleAfter;

    IncidentById(Clock clock, IncidentConfig config) {
        this.clock = clock;
        this.staleAfter = config.staleAfter();
    }

    /** What an id leads to. */
    sealed interface Found {
        record Here(StoredIncident incident) implements Found {}

        /** The id is that of an event which another incident holds now. */
        record Moved(UUID to) implements Found {}

        record Nowhere() implements Found {}
    }

    Found find(Session session, UUID id) {
        StoredIncident incident = StoredIncident.findById(id);
        if (incident != null) {
            return new Found.Here(incident);
        }
        UUID holder = session.createNativeQuery(HOLDING, UUID.class)
                .setParameter("id", id)
                .getSingleResultOrNull();
        return holder == null ? new Found.Nowhere() : new Found.Moved(holder);
    }

    /** The incident that an event is of by now, whichever of its ids that was. */
    StoredIncident follow(Session session, UUID id) {
        Found found = find(session, id);
        StoredIncident incident = found instanceof Found.Here here
                ? here.incident()
                : found instanceof Found.Moved moved ? StoredIncident.findById(moved.to()) : null;
        if (incident == null) {
            throw Refusal.UNKNOWN_ID.because("There is no incident " + id + " any more.");
        }
        return incident;
    }

    IncidentDetail detail(Session session, StoredIncident incident) {
        return detail(session, incident, now(), false);
    }

    Instant now() {
        return clock.instant();
    }

    /**
     * @param now to which what lasts runs
     * @param explained whether each field's event is to be named
     */
    IncidentDetail detail(Session session, StoredIncident incident, Instant now, boolean explained) {
        StoredIncident previous = previous(session, incident);
        long recent = session.createNativeQuery(SINCE, Long.class)
                .setParameter("stream", incident.stream.streamId)
                .setParameter("since", now.minus(RECENT))
                .getSingleResult();
        IncidentDetail detail = new IncidentDetail(
                IncidentView.of(incident, now, staleAfter),
                previous == null ? null : previous.id,
                previous == null ? null : previous.resolvedAt,
                recent,
                EntityTag.strong(version(session, incident)),
                null);
        return explained
                ? detail.explained(session.doReturningWork(
                        connection -> TimelineReader.of(connection, incident).explanation()))
                : detail;
    }

    private static String version(Session session, StoredIncident incident) {
        return session.doReturningWork(connection -> Objects.requireNonNull(
                IncidentVersion.of(connection, incident.stream.streamId, incident.id), "read in the same snapshot"));
    }

    private static @Nullable StoredIncident previous(Session session, StoredIncident incident) {
        return session.createNativeQuery(PREVIOUS, StoredIncident.class)
                .setParameter("stream", incident.stream.streamId)
                .setParameter("firstAt", incident.firstAt)
                .setParameter("firstId", incident.firstId)
                .getSingleResultOrNull();
    }
}
