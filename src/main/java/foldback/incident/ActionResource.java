package foldback.incident;

import foldback.access.Role;
import foldback.ledger.Action;
import foldback.ledger.Actions;
import foldback.listing.Snapshot;
import foldback.listing.Writes;
import foldback.repetition.Attempt;
import foldback.repetition.Preconditions;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.UUID;
import java.util.function.Predicate;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What people do about incidents. Each action is an event of the stream; the answer is the incident as it is then, with its tag. */
@Path("/api/incidents")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Incidents")
public class ActionResource {
    private final Snapshot snapshot;
    private final IncidentById byId;
    private final Writes writes;
    private final Actions actions;
    private final Caller caller;
    private final Preconditions preconditions;
    private final Attempt attempt;
    private final UriInfo uri;

    ActionResource(
            Snapshot snapshot,
            IncidentById byId,
            Writes writes,
            Actions actions,
            Caller caller,
            Preconditions preconditions,
            Attempt attempt,
            UriInfo uri) {
        this.snapshot = snapshot;
        this.byId = byId;
        this.writes = writes;
        this.actions = actions;
        this.caller = caller;
        this.preconditions = preconditions;
        this.attempt = attempt;
        this.uri = uri;
    }

    /** Says that somebody has seen it. Once is enough: again is no error and changes nothing. */
    @POST
    @Path("/{id}/acknowledge")
    @RolesAllowed(Role.RESPONDER)
    @Operation(summary = "Acknowledge an incident", description = "Also after its resolution.")
    public IncidentDetail acknowledge(@PathParam("id") UUID id, @Nullable ActionRequest body) {
        return act(Action.Kind.ACKNOWLEDGE, id, body);
    }

    /** Takes the acknowledgement back. */
    @POST
    @Path("/{id}/unacknowledge")
    @RolesAllowed(Role.RESPONDER)
    @Operation(summary = "Take an acknowledgement back", description = "Nobody has seen it, then.")
    public IncidentDetail unacknowledge(@PathParam("id") UUID id, @Nullable ActionRequest body) {
        return act(Action.Kind.UNACKNOWLEDGE, id, body);
    }

    /** Ends it by hand, now or as of an earlier instant. */
    @POST
    @Path("/{id}/resolve")
    @RolesAllowed(Role.RESPONDER)
    @Operation(summary = "Resolve an incident", description = "Not before its last ALERT. A resolved one answers 409.")
    public IncidentDetail resolve(@PathParam("id") UUID id, @Nullable ActionRequest body) {
        return act(Action.Kind.RESOLVE, id, body);
    }

    /** Adds a note to its timeline. */
    @POST
    @Path("/{id}/notes")
    @RolesAllowed(Role.RESPONDER)
    @Operation(summary = "Note something about an incident", description = "The note stands on its timeline.")
    public IncidentDetail note(@PathParam("id") UUID id, @Nullable ActionRequest body) {
        return act(Action.Kind.NOTE, id, body);
    }

    private IncidentDetail act(Action.Kind kind, UUID id, @Nullable ActionRequest body) {
        ActionRequest wanted = body == null ? ActionRequest.EMPTY : body;
        wanted.check(kind);
        if (attempt.recorded(id)) {
            return snapshot.ask(session -> byId.detail(session, byId.follow(session, id)));
        }
        Predicate<String> expected = preconditions.expected();
        Action action = snapshot.ask(session -> {
            StoredIncident incident = Redirect.orHere(byId.find(session, id), id, uri);
            return caller.action(kind, incident.stream.streamId, incident.id, wanted, expected);
        });
        UUID held = Refused.orDone(writes.in(() -> actions.act(action, attempt.claim())), id);
        return snapshot.ask(session -> byId.detail(session, byId.follow(session, held)));
    }
}
