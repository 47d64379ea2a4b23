package foldback.problem;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** The same problems for what is routed outside of the resources, or by nobody. */
@Singleton
public final class ProblemRoutes {
    private static final int BEFORE_ALL_OTHERS = Integer.MIN_VALUE;

    void register(@Observes Router router) {
        router.route().order(BEFORE_ALL_OTHERS).failureHandler(ProblemRoutes::fail);
        router.route().last().handler(context -> write(context, Translation.ofStatus(404)));
    }

    private static void fail(RoutingContext context) {
        Throwable failure = context.failure();
        if (context.response().headWritten() || context.response().closed()) {
            // Half an answer cannot become a problem: break it off, so that it is not taken for a whole one.
            context.request().connection().close();
            return;
        }
        String request = LoggedRequest.of(
                context.request().method().name(), context.request().path());
        write(context, failure == null ? Translation.ofStatus(context.statusCode()) : Translation.of(failure, request));
    }

    /** Ends the answer of a route outside of the resources with a problem. */
    public static void write(RoutingContext context, Problem problem) {
        HttpServerResponse response = context.response().setStatusCode(problem.status());
        problem.headers().forEach(response::putHeader);
        response.putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE);
        var unused = response.end(problem.json());
    }
}
