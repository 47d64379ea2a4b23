package foldback.problem;

import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;

/** The same problems for what is routed outside of the resources, or by nobody. */
@Singleton
public final class ProblemRoutes {
    private static final int BEFORE_ALL_OTHERS = Integer.MIN_VALUE;
    private static final Duration LINGER = Duration.ofSeconds(1);

    void register(@Observes Router router) {
        router.route().order(BEFORE_ALL_OTHERS).failureHandler(ProblemRoutes::fail);
        router.route().last().handler(context -> write(context, Translation.ofStatus(404)));
    }

    void registerForManagement(@Observes ManagementInterface management) {
        register(management.router());
    }

    private static void fail(RoutingContext context) {
        if (context.response().headWritten() || context.response().closed()) {
            // Half an answer cannot become a problem: break it off, so that it is not taken for a whole one.
            context.request().connection().close();
            return;
        }
        write(context, problem(context));
    }

    private static Problem problem(RoutingContext context) {
        Throwable failure = context.failure();
        if (failure == null) {
            return Translation.ofStatus(context.statusCode());
        }
        if (context.statusCode() == Refusal.MALFORMED_REQUEST.status() && UnreadableRequests.namesNoHost(context)) {
            // Found before any route, with an exception of no type of its own.
            return UnreadableRequests.NO_HOST;
        }
        String request = LoggedRequest.of(
                context.request().method().name(), context.request().path());
        return Translation.of(failure, request);
    }

    /** Ends the answer of a route outside of the resources with a problem. */
    public static void write(RoutingContext context, Problem problem) {
        HttpServerResponse response = context.response().setStatusCode(problem.status());
        problem.headers().forEach(response::putHeader);
        response.putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE);
        var unused = response.end(problem.json());
    }

    /** The same, perhaps before the body has ended; where it has not, as the last answer of the connection. */
    public static void writeEarly(RoutingContext context, Problem problem) {
        if (context.request().isEnded()) {
            write(context, problem);
        } else {
            writeLast(context, problem);
        }
    }

    /**
     * The same, as the last answer of its connection. What still comes is dropped, for a while, so that a sender that only reads once it
     * has sent gets the answer and not a reset; then the connection is closed.
     */
    public static void writeLast(RoutingContext context, Problem problem) {
        HttpServerRequest request = context.request();
        if (!request.isEnded()) {
            request.handler(dropped -> {});
        }
        context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        context.vertx().setTimer(LINGER.toMillis(), over -> request.connection().close());
        write(context, problem);
    }
}
