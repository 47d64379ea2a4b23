package foldback.access;

import foldback.problem.Problem;
import foldback.problem.ProblemRoutes;
import foldback.problem.Refusal;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Without a key, everybody who reaches the service may do everything. On loopback the pages that a browser shows reach it as well: under
 * a name of their own that they let point here (DNS rebinding), or from their own site. So a request has to be addressed to this machine
 * by a name that nobody else can give out, and must not come from a page that is not the service's own. Programs that are no browsers
 * send no {@code Origin}. The management interface knows no keys at all: it is protected in the same way for as long as it listens on
 * loopback.
 */
@Singleton
final class LocalCallers {
    private static final int BEFORE_ANY_ANSWER = Integer.MIN_VALUE + 1;
    private static final String BEHIND_SCHEME = "://";
    private static final String WITHOUT_KEY = "As long as no API key is configured, the service";
    private static final String MANAGEMENT = "As long as it listens on loopback, the management interface";

    private final boolean open;
    private final boolean managedHere;

    LocalCallers(AccessSettings settings, @ConfigProperty(name = "quarkus.management.host") String managementHost) {
        open = settings.keys().isEmpty();
        managedHere = Exposure.isLoopback(managementHost);
    }

    void register(@Observes Router router) {
        if (open) {
            protect(router, WITHOUT_KEY);
        }
    }

    void registerForManagement(@Observes ManagementInterface management) {
        if (managedHere) {
            protect(management.router(), MANAGEMENT);
        }
    }

    private static void protect(Router router, String whatAndWhen) {
        Problem misdirected =
                Problem.of(Refusal.MISDIRECTED, whatAndWhen + " answers to localhost, 127.0.0.1 and [::1] only.");
        Problem foreign = Problem.of(
                Refusal.FOREIGN_ORIGIN, whatAndWhen + " answers no pages but its own: the Origin is another one.");
        router.route().order(BEFORE_ANY_ANSWER).handler(context -> check(context, misdirected, foreign));
    }

    private static void check(RoutingContext context, Problem misdirected, Problem foreign) {
        HttpServerRequest request = context.request();
        HostAndPort host = request.authority();
        String origin = request.getHeader(HttpHeaderNames.ORIGIN);
        // Every browser names the host.
        if (host != null && !Exposure.isLoopback(host.host())) {
            ProblemRoutes.writeLast(context, misdirected);
        } else if (origin != null && (host == null || !isOf(host, origin))) {
            ProblemRoutes.writeLast(context, foreign);
        } else {
            context.next();
        }
    }

    /** An origin that is kept secret is {@code null}, and of nobody. */
    private static boolean isOf(HostAndPort host, String origin) {
        int scheme = origin.indexOf(BEHIND_SCHEME);
        HostAndPort page =
                scheme < 0 ? null : HostAndPort.parseAuthority(origin.substring(scheme + BEHIND_SCHEME.length()), -1);
        return page != null && page.host().equalsIgnoreCase(host.host()) && page.port() == host.port();
    }
}
