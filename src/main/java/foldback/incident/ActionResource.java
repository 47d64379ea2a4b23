package foldback.incident;

import foldback.access.Role;
import foldback.ledger.Action;
import foldback.ledger.ActionOutcome;
import foldback.ledger.Actions;
import foldback.listing.Snapshot;
import foldback.problem.Refusal;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What people do about incidents. Each action is an event of the stream; the answer is the incident as it is then. */
@Path("/api/incidents")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Incidents")
public class ActionResource {
    private final Snapshot snapshot;
    private final IncidentById byId;
    private final Actions actions;
    private final SecurityIdentity identity;
    private final UriInfo uri;
    private final HttpServerRequest request;

    ActionResource(
            Snapshot snapshot,
            IncidentById byId,
            Actions actions,
            SecurityIdentity identity,
            UriInfo uri,
            HttpServerRequest request) {
        this.snapshot = snapshot;
        this.byId = byId;
        this.actions = actions;
        this.identity = identity;
        this.uri = uri;
        this.request = request;
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
        Action action = snapshot.ask(session -> {
            StoredIncident incident = Redirect.orHere(byId.find(session, id), id, uri);
            return new Action(
                    incident.stream.streamId,
                    incident.id,
                    kind,
                    by(wanted),
                    wanted.note(),
                    wanted.instant(),
                    request.remoteAddress().hostAddress());
        });
        UUID held = incidentId(actions.act(action), id);
        return snapshot.ask(session -> byId.detail(session, Redirect.orHere(byId.find(session, held), held, uri)));
    }

    private static UUID incidentId(ActionOutcome outcome, UUID id) {
        if (outcome instanceof ActionOutcome.Done done) {
            return done.incidentId();
        }
        if (outcome instanceof ActionOutcome.AlreadyResolved resolved) {
            throw Refusal.CONFLICT.because("The incident " + resolved.incidentId() + " is resolved already.");
        }
        if (outcome instanceof ActionOutcome.AtOutOfRange range) {
            throw ActionRequest.refused("at", range.message());
        }
        if (outcome instanceof ActionOutcome.Unavailable unavailable) {
            throw Refusal.UNAVAILABLE
                    .because("Nothing was recorded: " + unavailable.reason() + ".")
                    .withHeader(
                            HttpHeaders.RETRY_AFTER,
                            Long.toString(unavailable.retryAfter().toSeconds()));
        }
        throw Refusal.UNKNOWN_ID.because("There is no incident " + id + " any more.");
    }

    private String by(ActionRequest wanted) {
        String label = identity.getPrincipal().getName();
        return wanted.by() == null ? label : label + "/" + wanted.by();
    }
}
