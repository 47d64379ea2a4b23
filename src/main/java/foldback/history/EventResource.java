package foldback.history;

import foldback.access.Role;
import foldback.export.Exports;
import foldback.listing.Parameters;
import foldback.problem.Query;
import foldback.problem.Refusal;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The log: every event as it was recorded. Nothing in it ever changes. */
@Path("/api/events")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Events")
public class EventResource {
    private final EventList events;
    private final EventExport export;
    private final Exports exports;

    EventResource(EventList events, EventExport export, Exports exports) {
        this.events = events;
        this.export = export;
        this.exports = exports;
    }

    /** The events that match all filters, a page at a time, or as CSV or NDJSON all of them. */
    @GET
    @Produces({MediaType.APPLICATION_JSON, Exports.CSV, Exports.NDJSON})
    @RolesAllowed(Role.VIEWER)
    @Query(
            single = {"since", "until", "time", "limit", "cursor", "count"},
            filters = {"streamId", "type", "signal"})
    @Operation(summary = "List events", description = "Newest recorded first.")
    public Response list(@Context UriInfo uri) {
        Parameters parameters = new Parameters(uri);
        return exports.instead(() -> events.page(parameters).answer(uri), format -> export.answer(format, parameters));
    }

    /** One event, with the callback that brought it and each of its deliveries. */
    @GET
    @Path("/{id}")
    @RolesAllowed(Role.VIEWER)
    @Operation(summary = "Read an event", description = "With every field and byte as it was sent.")
    public EventDetail read(@PathParam("id") UUID id) {
        EventDetail event = events.one(id);
        if (event == null) {
            throw Refusal.UNKNOWN_ID.because("There is no event " + id + ".");
        }
        return event;
    }
}
