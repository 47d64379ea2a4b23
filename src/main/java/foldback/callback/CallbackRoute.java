package foldback.callback;

import foldback.access.CallbackTokens;
import foldback.access.RateLimits;
import foldback.fold.EventIds;
import foldback.problem.Problem;
import foldback.problem.ProblemRoutes;
import foldback.problem.Refusal;
import io.vertx.core.Context;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /callbacks/{token}}: the URL that is entered in CloudMonitor. A route of its own in front of the resources, because those
 * refuse a malformed {@code Content-Type} before any method is reached, and hold a body before they measure it.
 */
@Singleton
final class CallbackRoute {
    private static final int BEFORE_RESOURCES = -1000;
    private static final int LONGEST_HEADER = 1000;
    private static final Logger LOG = Logger.getLogger(CallbackRoute.class);
    private static final Pattern PATH = Pattern.compile("/+callbacks/+(.*?)/?");
    private static final String WORKS =
            "This callback URL works. Enter it in CloudMonitor as the alert callback; it takes POST requests.\n";
    private static final Problem UNKNOWN_TOKEN =
            Problem.of(Refusal.UNKNOWN_TOKEN, "No callback URL has this token, or it was revoked.");
    private static final Problem UNANSWERED = Problem.of(
                    Refusal.UNAVAILABLE,
                    "It is not known whether the callback was recorded. Send it again: it is recorded once.")
            .withHeader("Retry-After", "2");

    private final CallbackTokens tokens;
    private final RateLimits rates;
    private final Arriving arriving;
    private final Receiver receiver;
    private final Clock clock;
    private final long longestBody;

    CallbackRoute(
            CallbackTokens tokens,
            RateLimits rates,
            Arriving arriving,
            Receiver receiver,
            CallbackConfig config,
            Clock clock) {
        this.tokens = tokens;
        this.rates = rates;
        this.arriving = arriving;
        this.receiver = receiver;
        this.clock = clock;
        this.longestBody = config.maxBody().asLongValue();
    }

    void register(@Observes Router router) {
        // Without a path: for one with a parameter Vert.x decodes the query too, and where that fails
        // logs the URL with its token.
        router.route().order(BEFORE_RESOURCES).handler(this::route);
    }

    private void route(RoutingContext context) {
        Matcher path = PATH.matcher(context.request().path());
        if (path.matches()) {
            handle(context, decoded(path.group(1)));
        } else {
            context.next();
        }
    }

    /** The token; as it was sent where it has a percent sign that begins no escape, for then it is none of ours. */
    private static String decoded(String token) {
        try {
            return URLDecoder.decode(token.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return token;
        }
    }

    private void handle(RoutingContext context, String token) {
        HttpMethod method = context.request().method();
        Optional<String> label = tokens.labelOf(token);
        if (label.isEmpty()) {
            ProblemRoutes.writeEarly(context, UNKNOWN_TOKEN);
        } else if (method.equals(HttpMethod.POST)) {
            rates.delay(label.get())
                    .ifPresentOrElse(
                            delay -> ProblemRoutes.writeEarly(context, tooMany(delay)), () -> receive(context));
        } else if (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD)) {
            context.response().putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=UTF-8");
            var unused = context.response().end(WORKS);
        } else {
            Problem problem = Problem.of(
                    Refusal.METHOD_NOT_ALLOWED,
                    "A callback URL takes POST, and GET to try it; not " + method.name() + ".");
            ProblemRoutes.writeEarly(context, problem.withHeader("Allow", "POST, GET, HEAD"));
        }
    }

    private void receive(RoutingContext context) {
        HttpServerRequest request = context.request();
        Instant receivedAt = clock.instant();
        BodyIntake intake = new BodyIntake(longestBody, arriving);
        Problem announced = intake.announced(request.getHeader(HttpHeaders.CONTENT_LENGTH));
        if (announced != null) {
            ProblemRoutes.writeEarly(context, announced);
            return;
        }
        request.handler(chunk -> {
            Problem refusal = intake.take(chunk);
            if (refusal != null) {
                request.endHandler(null);
                ProblemRoutes.writeEarly(context, refusal);
            }
        });
        request.endHandler(end -> arrived(context, receivedAt, intake));
        request.exceptionHandler(broken -> {
            request.handler(null).endHandler(null);
            intake.drop();
        });
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            context.response().writeContinue();
        }
    }

    private void arrived(RoutingContext context, Instant receivedAt, BodyIntake intake) {
        Context loop = context.vertx().getOrCreateContext();
        outcome(context.request(), receivedAt, intake)
                .whenComplete((answer, failure) -> loop.runOnContext(go -> answer(context, answer, failure)));
    }

    private static Received received(HttpServerRequest request, Instant receivedAt, byte[] body) {
        return new Received(
                EventIds.at(receivedAt, ThreadLocalRandom.current().nextLong()),
                receivedAt,
                request.remoteAddress() == null ? null : request.remoteAddress().hostAddress(),
                cut(request.getHeader(HttpHeaders.CONTENT_TYPE)),
                body);
    }

    private CompletionStage<Answer> outcome(HttpServerRequest request, Instant receivedAt, BodyIntake intake) {
        try {
            return receiver.receive(received(request, receivedAt, intake.bytes()));
        } catch (RuntimeException | Error e) {
            // An Error too: whatever it is, the sender has to be told to send again.
            return CompletableFuture.failedStage(e);
        }
    }

    private static void answer(RoutingContext context, @Nullable Answer answer, @Nullable Throwable failure) {
        if (answer == null) {
            LOG.error("A callback could not be answered with its outcome", failure);
        }
        if (!context.response().closed()) {
            write(context, answer == null ? new Answer.Refused(UNANSWERED) : answer);
        }
    }

    private static void write(RoutingContext context, Answer answer) {
        if (answer instanceof Answer.Refused refused) {
            ProblemRoutes.write(context, refused.problem());
            return;
        }
        Answer.Accepted accepted = (Answer.Accepted) answer;
        HttpServerResponse response = context.response().setStatusCode(accepted.status());
        response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
        var unused = response.end(accepted.json());
    }

    private static Problem tooMany(Duration delay) {
        return Problem.of(
                        Refusal.RATE_LIMITED,
                        "This callback URL has been sent more callbacks than it takes in a second.")
                .withHeader("Retry-After", Long.toString(delay.toSeconds() + 1));
    }

    private static @Nullable String cut(@Nullable String header) {
        return header == null || header.length() <= LONGEST_HEADER ? header : header.substring(0, LONGEST_HEADER);
    }
}
