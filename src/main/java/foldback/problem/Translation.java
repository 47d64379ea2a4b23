package foldback.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import foldback.database.SqlFailure;
import io.quarkus.security.AuthenticationException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.core.http.HttpClosedException;
import io.vertx.ext.web.handler.HttpException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Which problem an exception means: of ours, of the frameworks, or of nobody, which is logged once under an id. */
final class Translation {
    private static final Logger LOG = Logger.getLogger(Translation.class);

    /** A chain of causes may be a circle. */
    private static final int DEEPEST_CAUSE = 50;

    private Translation() {}

    static Problem of(Throwable failure, String request) {
        return known(failure)
                .or(() -> databaseFailure(failure)
                        .filter(cause -> SqlFailure.of(cause).passes())
                        .map(cause -> withoutDatabase(cause, request)))
                .orElseGet(() -> internal(failure, request));
    }

    private static Optional<SQLException> databaseFailure(Throwable failure) {
        return causes(failure)
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .findFirst();
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(DEEPEST_CAUSE);
    }

    private static Problem withoutDatabase(SQLException failure, String request) {
        LOG.warnf("%s was not answered by the database: %s", request, failure.getMessage());
        return Problem.of(Refusal.UNAVAILABLE, "The database does not answer this now.")
                .withHeader("Retry-After", "2");
    }

    private static Optional<Problem> known(Throwable failure) {
        if (failure instanceof ProblemException e) {
            return Optional.of(e.problem());
        }
        if (failure instanceof UnauthorizedException || failure instanceof AuthenticationException) {
            return Optional.of(Refusal.unauthenticated());
        }
        if (failure instanceof ForbiddenException) {
            return Optional.of(Problem.of(Refusal.FORBIDDEN, "The role of this API key is not enough for this."));
        }
        if (failure instanceof JsonProcessingException e) {
            return Optional.of(unreadable(e));
        }
        if (failure instanceof IOException && hasGone(failure)) {
            return Optional.of(Problem.of(Refusal.MALFORMED_REQUEST, "The body broke off."));
        }
        if (failure instanceof RejectedExecutionException) {
            return Optional.of(ofStatus(503).withHeader("Retry-After", "1"));
        }
        if (failure instanceof HttpException e) {
            return Optional.of(e.getStatusCode()).filter(Translation::isClients).map(Translation::ofStatus);
        }
        return failure instanceof WebApplicationException e ? ofWeb(e) : Optional.empty();
    }

    /** Whether a client has closed its connection while it was listened to, or has had it closed for what it sent. */
    private static boolean hasGone(Throwable failure) {
        return causes(failure)
                .anyMatch(cause -> cause instanceof ClosedChannelException || cause instanceof HttpClosedException);
    }

    private static Optional<Problem> ofWeb(WebApplicationException e) {
        Throwable cause = e.getCause();
        if (cause instanceof ProblemException || cause instanceof JsonProcessingException) {
            return known(cause);
        }
        if (e instanceof NotFoundException && cause != null) {
            // What JAX-RS makes of a parameter that its type does not take.
            return Optional.of(Problem.of(Refusal.INVALID_PARAMETER, "A parameter of the URL cannot be read."));
        }
        int status = e.getResponse().getStatus();
        return Optional.of(status).filter(Translation::isClients).map(Translation::ofStatus);
    }

    private static boolean isClients(int status) {
        return status >= 400 && status < 500;
    }

    private static Problem unreadable(JsonProcessingException e) {
        String field = e instanceof JsonMappingException mapping
                ? mapping.getPath().stream()
                        .map(step ->
                                step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                        .collect(Collectors.joining())
                        .replaceFirst("^\\.", "")
                : "";
        if (field.isEmpty()) {
            var place = e.getLocation();
            String where = place == null ? "" : " (line " + place.getLineNr() + ", column " + place.getColumnNr() + ")";
            return Problem.of(Refusal.INVALID_BODY, "The body is not the JSON that is read here" + where + ".");
        }
        return Problem.of(Refusal.INVALID_BODY, "The field " + field + " of the body cannot be read.")
                .withError(field, "is unknown here, or not of its type");
    }

    /** For refusals by the frameworks, which give a status and at times an English sentence of their own. */
    static Problem ofStatus(int status) {
        Refusal refusal =
                switch (status) {
                    case 400 -> Refusal.MALFORMED_REQUEST;
                    case 404 -> Refusal.NOT_FOUND;
                    default ->
                        Arrays.stream(Refusal.values())
                                .filter(each -> each.status() == status)
                                .findFirst()
                                .orElse(isClients(status) ? Refusal.MALFORMED_REQUEST : Refusal.INTERNAL);
                };
        return refusal == Refusal.UNAUTHENTICATED
                ? Refusal.unauthenticated()
                : Problem.of(refusal, refusal.title() + ".");
    }

    private static Problem internal(Throwable failure, String request) {
        UUID id = UUID.randomUUID();
        LOG.errorf(failure, "%s failed; the answer names it %s", request, id);
        return Problem.of(Refusal.INTERNAL, "The log of the service says more under the id of this problem.")
                .with("instance", "urn:uuid:" + id);
    }
}
