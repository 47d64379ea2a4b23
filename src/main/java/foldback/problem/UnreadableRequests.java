package foldback.problem;

import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Refuses before any route what the framework would answer without a word, or fail on. */
@Singleton
final class UnreadableRequests {
    static final Problem NO_HOST =
            Problem.of(Refusal.MALFORMED_REQUEST, "The Host header is missing, repeated, or not the name of a host.");

    private final long maxBody;

    UnreadableRequests(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize maxBody) {
        this.maxBody = maxBody.asLongValue();
    }

    void register(@Observes Router router) {
        router.route()
                .order(Integer.MIN_VALUE)
                .handler(UnreadableRequests::checkMessage)
                .handler(this::check);
    }

    void registerForManagement(@Observes ManagementInterface management) {
        management.router().route().order(Integer.MIN_VALUE).handler(UnreadableRequests::checkMessage);
    }

    /** Refuses what {@link UnreadableMessages} let through. */
    private static void checkMessage(RoutingContext context) {
        Throwable failure = context.request().decoderResult().cause();
        if (failure != null) {
            ProblemRoutes.writeLast(context, undecodable(failure));
            return;
        }
        context.request().connection().exceptionHandler(broken -> refuseBody(context, broken));
        context.next();
    }

    private static Problem undecodable(Throwable failure) {
        if (failure instanceof TooLongHttpLineException) {
            return Problem.of(Refusal.URI_TOO_LONG, "The first line of the request is longer than is read here.");
        }
        if (failure instanceof TooLongHttpHeaderException) {
            return Problem.of(Refusal.HEADERS_TOO_LARGE, "The headers together are longer than is read here.");
        }
        return Problem.of(
                Refusal.MALFORMED_REQUEST, "The first line or a header of the request is not as HTTP has it.");
    }

    /** A body that breaks off or is not chunked as it says; Vert.x closes the connection after this. */
    private static void refuseBody(RoutingContext context, Throwable broken) {
        boolean undecodable = broken instanceof DecoderException || broken instanceof IllegalArgumentException;
        if (undecodable && !context.request().isEnded() && !context.response().headWritten()) {
            ProblemRoutes.writeLast(
                    context, Problem.of(Refusal.MALFORMED_REQUEST, "The chunks of the body are not as HTTP has them."));
        }
    }

    /** HTTP/1.0 may leave it out; what is asked of the API is answered with links, and those name it. */
    static boolean namesNoHost(RoutingContext context) {
        HttpServerRequest request = context.request();
        return request.authority() == null
                || request.headers().getAll(HttpHeaderNames.HOST).size() > 1;
    }

    private void check(RoutingContext context) {
        String path = context.request().path();
        // A token with a broken escape is an unknown one, as its own route says. Whatever else is odd,
        // a callback is taken.
        boolean callback = path.startsWith(LoggedRequest.SECRET_FOLLOWS);
        if (!callback && !isDecodable(path)) {
            ProblemRoutes.write(
                    context, Problem.of(Refusal.MALFORMED_REQUEST, "A % of the path begins no escape in UTF-8."));
        } else if (!callback && namesNoHost(context)) {
            ProblemRoutes.write(context, NO_HOST);
        } else if (announcedLength(context) > maxBody) {
            ProblemRoutes.writeLast(
                    context, Problem.of(Refusal.TOO_LARGE, "A body may have up to " + maxBody + " bytes."));
        } else {
            context.next();
        }
    }

    private static boolean isDecodable(String path) {
        try {
            return URLDecoder.decode(path, StandardCharsets.UTF_8) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static long announcedLength(RoutingContext context) {
        String length = context.request().getHeader(HttpHeaderNames.CONTENT_LENGTH);
        return length == null ? 0 : Long.parseLong(length);
    }
}
