package foldback.problem;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.quarkus.runtime.configuration.MemorySize;
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
    private final long maxBody;

    UnreadableRequests(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize maxBody) {
        this.maxBody = maxBody.asLongValue();
    }

    void register(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).handler(this::check);
    }

    private void check(RoutingContext context) {
        String path = context.request().path();
        // A token with a broken escape is an unknown token, which its own route says.
        if (!path.startsWith(LoggedRequest.SECRET_FOLLOWS) && !isDecodable(path)) {
            ProblemRoutes.write(
                    context, Problem.of(Refusal.MALFORMED_REQUEST, "A % of the path begins no escape in UTF-8."));
        } else if (announcedLength(context) > maxBody) {
            // The body is on its way and nobody will read it.
            context.response().putHeader(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
            context.response().endHandler(end -> context.request().connection().close());
            ProblemRoutes.write(context, Problem.of(Refusal.TOO_LARGE, "A body may have up to " + maxBody + " bytes."));
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
