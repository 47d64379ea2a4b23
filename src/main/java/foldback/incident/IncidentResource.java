package foldback.incident;

import foldback.access.Role;
import foldback.fold.Incident;
import foldback.fold.Position;
import foldback.ledger.IncidentTable;
import foldback.listing.Cursor;
import foldback.listing.Page;
import foldback.listing.Parameters;
import foldback.listing.Snapshot;
import foldback.problem.Query;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.hibernate.Session;
import org.jboss.resteasy.reactive.RestResponse;

/** Incidents: what was open when, one of them with its history, and the events that it is made of. */
@Path("/api/incidents")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Incidents")
public class IncidentResource {
    private final Snapshot snapshot;
    private final IncidentList list;
    private final IncidentById byId;

    IncidentResource(Snapshot snapshot, IncidentList list, IncidentById byId) {
        this.snapshot = snapshot;
        this.list = list;
        this.byId = byId;
    }

    /** The incidents that match all filters, a page at a time. */
    @GET
    @RolesAllowed(Role.VIEWER)
    @Query(
            single = {"since", "until", "time", "at", "sort", "limit", "cursor", "count"},
            filters = {
                "status",
                "stale",
                "userId",
                "ruleId",
                "alertName",
                "namespace",
                "metricName",
                "level",
                "peakLevel",
                "regionId",
                "groupId",
                "instanceName",
                "dimensions.*",
                "label.*",
                "acknowledged"
            })
    @Operation(
            summary = "List incidents",
            description =
                    "Values of one filter are OR, different filters AND, name!=value excludes. Newest first by default.")
    public RestResponse<Page<IncidentView>> list(@Context UriInfo uri) {
        return list.page(new Parameters(uri), null).answer(uri);
    }

    /** One incident, and whether its stream had one before. */
    @GET
    @Path("/{id}")
    @RolesAllowed(Role.VIEWER)
    @Operation(
            summary = "Read an incident",
            description = "The id of any of its ALERTs and OKs leads to it: another one's answers 308.")
    public IncidentDetail read(@PathParam("id") UUID id, @Context UriInfo uri) {
        return snapshot.ask(session -> byId.detail(session, Redirect.orHere(byId.find(session, id), id, uri)));
    }

    /** What happened in one incident, and what each event did to it. */
    @GET
    @Path("/{id}/timeline")
    @RolesAllowed(Role.VIEWER)
    @Query(single = {"limit", "cursor"})
    @Operation(
            summary = "Read an incident's timeline",
            description = "Oldest first: the signals from its first to its last, and what people did about it.")
    public RestResponse<Page<TimelineEntry>> timeline(@PathParam("id") UUID id, @Context UriInfo uri) {
        Parameters parameters = new Parameters(uri);
        int limit = parameters.limit(Parameters.MAX_LIMIT);
        return snapshot.ask(session -> {
                    StoredIncident incident = Redirect.orHere(byId.find(session, id), id, uri);
                    return timeline(session, incident, parameters, limit);
                })
                .answer(uri);
    }

    private static Page<TimelineEntry> timeline(
            Session session, StoredIncident incident, Parameters parameters, int limit) {
        UUID streamId = incident.stream.streamId;
        String list = "timeline of a stream " + streamId;
        Position after = parameters
                .cursor(list, Cursor::isInstant)
                .map(cursor -> new Position(Instant.parse(cursor.requiredKey()), cursor.id()))
                .orElse(null);
        List<TimelineEntry> entries = session.doReturningWork(
                connection -> new TimelineReader(connection, streamId, folded(connection, streamId, incident.id))
                        .entries(after, limit + 1));
        return Page.of(
                entries,
                limit,
                last -> Cursor.at(last.occurredAt().toString(), last.eventId()).text(list),
                null);
    }

    private static Incident folded(Connection connection, UUID streamId, UUID id) throws SQLException {
        return Objects.requireNonNull(IncidentTable.find(connection, streamId, id), "read in the same snapshot");
    }
}
