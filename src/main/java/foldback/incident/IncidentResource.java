package foldback.incident;

import foldback.access.Role;
import foldback.export.Exports;
import foldback.fold.Position;
import foldback.listing.Cursor;
import foldback.listing.Page;
import foldback.listing.Parameters;
import foldback.listing.Portion;
import foldback.listing.Room;
import foldback.listing.Snapshot;
import foldback.problem.Query;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
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
    private final IncidentExport export;
    private final Exports exports;
    private final IncidentById byId;
    private final IncidentAsOf former;

    IncidentResource(
            Snapshot snapshot,
            IncidentList list,
            IncidentExport export,
            Exports exports,
            IncidentById byId,
            IncidentAsOf former) {
        this.snapshot = snapshot;
        this.list = list;
        this.export = export;
        this.exports = exports;
        this.byId = byId;
        this.former = former;
    }

    /** The incidents that match all filters, a page at a time, or as CSV or NDJSON all of them. */
    @GET
    @Produces({MediaType.APPLICATION_JSON, Exports.CSV, Exports.NDJSON})
    @RolesAllowed(Role.VIEWER)
    @IncidentQuery
    @Operation(
            summary = "List incidents",
            description =
                    "Values of one filter are OR, different filters AND, name!=value excludes. Newest first by default.")
    public Response list(@Context UriInfo uri) {
        Parameters parameters = new Parameters(uri);
        return exports.instead(
                () -> list.page(parameters, null).answer(uri), format -> export.answer(format, parameters, null));
    }

    /** One incident, and whether its stream had one before. */
    @GET
    @Path("/{id}")
    @RolesAllowed(Role.VIEWER)
    @Query(single = {"asOf", "include"})
    @Operation(
            summary = "Read an incident",
            description =
                    "The id of any of its ALERTs and OKs leads to it: another one's answers 308. With asOf, as it was recorded by then. With include=explain, explain names the event that each field came from.")
    public IncidentDetail read(@PathParam("id") UUID id, @Context UriInfo uri) {
        Parameters parameters = new Parameters(uri);
        boolean explained = parameters.has("include", "explain");
        Instant asOf = parameters.instant(AsOf.NAME);
        return snapshot.ask(session -> asOf == null
                ? byId.detail(session, Redirect.orHere(byId.find(session, id), id, uri), byId.now(), explained)
                : former.read(session, id, asOf, explained, uri));
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
        Portion<TimelineEntry> entries = session.doReturningWork(
                connection -> TimelineReader.of(connection, incident).entries(after, Room.ofPage(limit)));
        return Page.of(
                entries,
                last -> Cursor.at(last.occurredAt().toString(), last.eventId()).text(list),
                null);
    }
}
