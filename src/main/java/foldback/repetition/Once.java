package foldback.repetition;

import com.fasterxml.jackson.databind.ObjectMapper;
import foldback.ledger.ClaimLost;
import foldback.ledger.IdempotencyKeys;
import foldback.ledger.IdempotencyKeys.Answer;
import foldback.ledger.IdempotencyKeys.Finding;
import foldback.ledger.KeyClaim;
import foldback.ledger.Sha256;
import foldback.listing.Parameters;
import foldback.listing.Writes;
import foldback.problem.Problem;
import foldback.problem.ProblemException;
import foldback.problem.Refusal;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.inject.Singleton;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;

/**
 * Carries out an action once, however often it is sent: {@code Idempotency-Key}, on every POST. What succeeded, and what the state did not
 * allow, is answered again byte for byte; what was refused or failed otherwise can be sent again with the same key.
 */
@Singleton
final class Once {
    private static final Logger LOG = Logger.getLogger(Once.class);

    private static final String HEADER = "Idempotency-Key";

    /** As Stripe says it. */
    private static final String REPLAYED = "Idempotent-Replayed";

    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7E]{1,255}");

    private final IdempotencyKeys keys;
    private final Attempt attempt;
    private final SecurityIdentity identity;
    private final Writes writes;
    private final ObjectMapper json;

    Once(IdempotencyKeys keys, Attempt attempt, SecurityIdentity identity, Writes writes, ObjectMapper json) {
        this.keys = keys;
        this.attempt = attempt;
        this.identity = identity;
        this.writes = writes;
        this.json = json;
    }

    /** Last of those before the action: what they refuse needs no key. */
    @ServerRequestFilter(priority = Priorities.USER + 1000)
    @Nullable
    Response begin(ContainerRequestContext request) throws IOException, SQLException {
        List<String> sent = request.getHeaders().get(HEADER);
        if (sent == null || !request.getMethod().equals(HttpMethod.POST)) {
            return null;
        }
        if (sent.size() > 1 || !KEY.matcher(sent.get(0)).matches()) {
            throw refused("should be one key of 1 to 255 visible ASCII characters");
        }
        IdempotencyKeys.Key key = key(request, sent.get(0));
        Finding finding = writes.in(() -> keys.claim(key, UUID.randomUUID()));
        if (finding instanceof Finding.Answered answered) {
            return again(answered.answer());
        }
        if (finding instanceof Finding.OfAnotherBody) {
            throw Refusal.IDEMPOTENCY_KEY_REUSED
                    .because("The key was sent with another body or query before; a new request needs a new key.")
                    .blaming(HEADER, "was sent with another body or query");
        }
        if (finding instanceof Finding.Running) {
            throw running();
        }
        attempt.claimed(((Finding.Claimed) finding).claim());
        return null;
    }

    private IdempotencyKeys.Key key(ContainerRequestContext request, String key) throws IOException {
        byte[] body = request.getEntityStream().readAllBytes();
        request.setEntityStream(new ByteArrayInputStream(body));
        UriInfo uri = request.getUriInfo();
        byte[] query = (Parameters.query(uri.getQueryParameters()) + "\n").getBytes(StandardCharsets.UTF_8);
        return new IdempotencyKeys.Key(identity.getPrincipal().getName(), uri.getPath(), key, Sha256.of(query, body));
    }

    private static Response again(Answer answer) {
        Response.ResponseBuilder response = Response.status(answer.status())
                .type(answer.mediaType())
                .entity(answer.body())
                .header(REPLAYED, "true");
        return answer.etag() == null
                ? response.build()
                : response.header(HttpHeaders.ETAG, answer.etag()).build();
    }

    /** Behind {@link Tags}, so that the tag is kept as well. */
    @ServerResponseFilter(priority = Priorities.USER)
    void end(ContainerRequestContext request, ContainerResponseContext response) throws IOException {
        KeyClaim claim = request.getHeaders().containsKey(HEADER) ? attempt.claim() : null;
        if (claim == null) {
            return;
        }
        attempt.claimed(null);
        int status = response.getStatus();
        try {
            if (status / 100 == 2 || status == Refusal.CONFLICT.status()) {
                Answer answer = answer(response);
                writes.in(() -> keep(claim, answer));
            } else {
                writes.in(() -> letGo(claim));
            }
        } catch (SQLException | ProblemException e) {
            // The answer stands. A repeated request gets another, of the state as it is then, and records nothing.
            LOG.warnf("what was answered under an Idempotency-Key is not kept: %s", e.getMessage());
        }
    }

    private Answer answer(ContainerResponseContext response) throws IOException {
        Object entity = response.getEntity();
        MediaType mediaType = response.getMediaType();
        byte[] body =
                entity instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : json.writeValueAsBytes(entity);
        response.setEntity(body);
        Object etag = response.getHeaders().getFirst(HttpHeaders.ETAG);
        return new Answer(
                response.getStatus(),
                mediaType == null ? MediaType.APPLICATION_JSON : mediaType.toString(),
                etag == null ? null : etag.toString(),
                body);
    }

    private KeyClaim keep(KeyClaim claim, Answer answer) throws SQLException {
        keys.answer(claim, answer);
        return claim;
    }

    private KeyClaim letGo(KeyClaim claim) throws SQLException {
        keys.letGo(claim);
        return claim;
    }

    /** Nothing of it is kept: whoever has taken over keeps the answer. */
    @ServerExceptionMapper(ClaimLost.class)
    Response lost() {
        Problem problem = running().problem();
        return Response.status(problem.status())
                .type(Problem.MEDIA_TYPE)
                .entity(problem.json())
                .build();
    }

    private static ProblemException running() {
        return Refusal.CONFLICT
                .because(
                        "A request with this Idempotency-Key is being carried out. Send it again to be told how it ended.")
                .withHeader(HttpHeaders.RETRY_AFTER, "1");
    }

    private static ProblemException refused(String message) {
        return Refusal.INVALID_HEADER
                .because("The header " + HEADER + " " + message + ".")
                .blaming(HEADER, message);
    }
}
