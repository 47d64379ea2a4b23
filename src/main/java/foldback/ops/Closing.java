package foldback.ops;

import foldback.problem.Problem;
import foldback.problem.ProblemRoutes;
import foldback.problem.Refusal;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * From the moment that the service is told to stop it takes nothing more: what it took is answered before its connections are closed, and
 * what came later would be recorded without an answer.
 */
@Singleton
final class Closing {
    private static final int BEFORE_CALLBACKS = -2000;
    private static final Problem STOPPING = Problem.of(
                    Refusal.UNAVAILABLE, "The service stops. Nothing of the request was accepted: send it again.")
            .withHeader("Retry-After", "2");

    private volatile boolean closing;

    Closing() {}

    void register(@Observes Router router) {
        router.route().order(BEFORE_CALLBACKS).handler(this::route);
    }

    void begin(@Observes ShutdownDelayInitiatedEvent event) {
        closing = true;
    }

    private void route(RoutingContext context) {
        if (closing) {
            ProblemRoutes.write(context, STOPPING);
        } else {
            context.next();
        }
    }
}
