package foldback.history;

import foldback.access.Role;
import foldback.listing.Page;
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
import jakarta.ws.rs.core.UriInfo;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** The log: every event as it was recorded. Nothing in it ever changes. */
@Path("/api/events")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Events")
public class EventResource {
    private final EventList events;

    EventResource(EventList events) {
        this.events = events;
    }

    /** The events that match all filters, a page at a time. */
    @GET
    @RolesAllowed(Role.VIEWER)
    @Query(
            single = {"since", "until", "time", "limit", "cursor", "count"},
            filters = {"streamId", "type", "signal"})
    @Operation(summary = "List events", description = "Newest recorded first.")
    public RestResponse<Page<EventView>> list(@Context UriInfo uri) {
        return events.page(new Parameters(uri)).answer(uri);
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
