package foldback.incident;

import foldback.fold.Incident;
import foldback.fold.Position;
import foldback.ledger.AsOfFold;
import foldback.repetition.EntityTag;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/**
 * One incident as it was recorded by an instant: the stored one where its stream has recorded nothing since, else folded again from what
 * the log held. "Now" is that instant.
 */
@Singleton
class IncidentAsOf {
    /** The event of the id, if it was recorded by then; and whether its stream has recorded anything since. */
    static final String EVENT = """
            select e.stream_id, e.occurred_at, h.recorded_at > :asOf as touched
            from events e
            join stream_heads h on h.stream_id = e.stream_id
            where e.id = :id and e.signal in ('ALERT', 'OK') and e.recorded_at <= :asOf
            """;

    private final IncidentById byId;
    private final Duration staleAfter;

    IncidentAsOf(IncidentById byId, IncidentConfig config) {
        this.byId = byId;
        this.staleAfter = config.staleAfter();
    }

    private record Known(UUID streamId, Instant occurredAt, boolean touched) {}

    /** The incident; else answers with its own URL by then, or that there was none. */
    IncidentDetail read(Session session, UUID id, Instant asOf, boolean explained, UriInfo uri) {
        AsOf.refuseFuture(session, asOf);
        Known event = session.createNativeQuery(EVENT, Known.class)
                .setParameter("id", id)
                .setParameter("asOf", asOf)
                .getSingleResultOrNull();
        if (event == null) {
            throw Redirect.unknown(id);
        }
        return event.touched
                ? refolded(session, event, id, asOf, explained, uri)
                : byId.detail(session, Redirect.orHere(byId.find(session, id), id, uri), asOf, explained)
                        .asOf(asOf);
    }

    private IncidentDetail refolded(
            Session session, Known event, UUID id, Instant asOf, boolean explained, UriInfo uri) {
        Search search = new Search(new Position(event.occurredAt, id), asOf.minus(IncidentById.RECENT));
        session.doWork(connection -> new AsOfFold(connection, asOf).run(List.of(event.streamId), search));
        Found found = search.found;
        if (found == null) {
            throw Redirect.unknown(id);
        }
        if (!found.incident.id().equals(id)) {
            throw Redirect.to(found.incident.id(), uri);
        }
        Incident previous = found.previous;
        IncidentDetail detail = new IncidentDetail(
                IncidentView.of(AsOfRow.of(found.stream, found.incident), asOf, staleAfter),
                previous == null ? null : previous.id(),
                previous == null ? null : previous.resolvedAt(),
                search.recent,
                EntityTag.strong("asOf"),
                null);
        IncidentDetail whole = explained
                ? detail.explained(session.doReturningWork(
                        connection -> TimelineReader.explanation(connection, found.stream, found.incident, asOf)))
                : detail;
        return whole.asOf(asOf);
    }

    private record Found(
            AsOfFold.Stream stream,
            Incident incident,
            @Nullable Incident previous) {}

    /** Looks for the one of a stream's incidents that holds an event, and counts those opened lately. */
    private static final class Search implements AsOfFold.Target {
        private final Position event;
        private final Instant since;
        private @Nullable Incident latest;
        private @Nullable Found found;
        private long recent;

        Search(Position event, Instant since) {
            this.event = event;
            this.since = since;
        }

        @Override
        public void take(AsOfFold.Stream stream, Incident incident) {
            if (incident.spans(event)) {
                found = new Found(stream, incident, latest);
            }
            recent += incident.openedAt().isBefore(since) ? 0 : 1;
            latest = incident;
        }
    }
}
