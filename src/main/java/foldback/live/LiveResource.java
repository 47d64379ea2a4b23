package foldback.live;

import foldback.access.Role;
import foldback.incident.IncidentConfig;
import foldback.incident.IncidentFilter;
import foldback.incident.IncidentFilters;
import foldback.ledger.FeedPosition;
import foldback.listing.Parameters;
import foldback.problem.Query;
import foldback.problem.Refusal;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The live feed: what changes, as it changes. */
@Path("/api/live")
@Tag(name = "Live")
public class LiveResource {
    private static final String AFTER = "after";
    private static final String LAST_EVENT_ID = "Last-Event-ID";

    private final CatchUp catchUp;
    private final Audience audience;
    private final LiveCounts counts;
    private final CurrentVertxRequest current;
    private final Clock clock;
    private final Duration staleAfter;

    LiveResource(
            CatchUp catchUp,
            Audience audience,
            LiveCounts counts,
            CurrentVertxRequest current,
            Clock clock,
            IncidentConfig config) {
        this.catchUp = catchUp;
        this.audience = audience;
        this.counts = counts;
        this.current = current;
        this.clock = clock;
        this.staleAfter = config.staleAfter();
    }

    /** Follows the feed for as long as the client likes. No thread waits for it: once it has begun, its event loop writes what there is. */
    @GET
    @RolesAllowed(Role.VIEWER)
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @IncidentFilters
    @Query(single = AFTER)
    @Operation(
            summary = "Follow what changes",
            description =
                    "Server-sent events, with the filters of the list: incident, with the incident as in the list, wherever it matches or just did; removed, with its id and the id of the incident that holds its events now (heldBy), or null. Last-Event-ID or after resumes behind an id.")
    public Uni<RestResponse<Void>> follow(
            @HeaderParam(LAST_EVENT_ID) @Nullable String lastEventId, @Context UriInfo uri) {
        Parameters parameters = new Parameters(without(AFTER, uri.getQueryParameters()));
        IncidentFilter filter = IncidentFilter.of(parameters, clock.instant(), staleAfter);
        FeedPosition after = after(lastEventId, uri.getQueryParameters().getFirst(AFTER));
        RoutingContext context = current.getCurrent();
        Subscriber subscriber = subscribe(context, new LiveFilter(parameters.list(), filter::matches));
        context.addEndHandler(end -> {
            audience.leave(subscriber);
            subscriber.left();
        });
        if (context.request().method().equals(HttpMethod.HEAD)) {
            return Uni.createFrom()
                    .item(RestResponse.ResponseBuilder.<Void>ok()
                            .type(MediaType.SERVER_SENT_EVENTS)
                            .build());
        }
        // Never an item: what would come of one is an answer without a body.
        return Uni.createFrom().emitter(answer -> catchUp.admit(new CatchUp.Newcomer(subscriber, after, answer::fail)));
    }

    private Subscriber subscribe(RoutingContext context, LiveFilter filter) {
        Subscriber subscriber = new Subscriber(context, context.vertx().getOrCreateContext(), filter, counts);
        if (!audience.enter(subscriber)) {
            counts.refusedOne();
            throw Refusal.UNAVAILABLE
                    .because("As many follow the feed as this process can serve.")
                    .withHeader(HttpHeaders.RETRY_AFTER, "10");
        }
        return subscriber;
    }

    /** A browser that comes back sends the header, to the same URL. */
    private static @Nullable FeedPosition after(@Nullable String header, @Nullable String parameter) {
        if (header != null) {
            return position(LAST_EVENT_ID, header);
        }
        return parameter == null ? null : position(AFTER, parameter);
    }

    private static FeedPosition position(String name, String text) {
        String message = "should be an id of the feed";
        return FeedPosition.parse(text)
                .orElseThrow(() ->
                        Refusal.MALFORMED_ID.because(name + " " + message + ".").blaming(name, message));
    }

    private static MultivaluedMap<String, String> without(String name, MultivaluedMap<String, String> values) {
        MultivaluedMap<String, String> others = new MultivaluedHashMap<>();
        others.putAll(values);
        others.remove(name);
        return others;
    }
}
