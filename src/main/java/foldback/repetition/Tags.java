package foldback.repetition;

import com.fasterxml.jackson.databind.ObjectMapper;
import foldback.ledger.Sha256;
import foldback.listing.Page;
import jakarta.inject.Singleton;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.util.Arrays;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;

/**
 * Puts the {@code ETag} on answers: strong ones where they are {@link Tagged}, weak ones on {@link Page}s, and answers 304 to whoever has them
 * already. A page's tag is a hash of what it says, the clock apart; to hash is another serialization, but none of it is held.
 */
@Singleton
final class Tags {
    private final ObjectMapper json;

    Tags(ObjectMapper json) {
        this.json = json;
    }

    /** Before anything is asked of the database. */
    @ServerRequestFilter
    void refuseUnreadable(ContainerRequestContext request) {
        ifNoneMatch(request);
    }

    @ServerResponseFilter(priority = Priorities.USER + 1000)
    void tag(ContainerRequestContext request, ContainerResponseContext response) throws IOException {
        EntityTag tag = response.getStatus() / 100 == 2 ? of(response.getEntity()) : null;
        if (tag == null) {
            return;
        }
        response.getHeaders().putSingle(HttpHeaders.ETAG, tag.toString());
        TagList known = ifNoneMatch(request);
        if (known != null && known.matchesWeakly(tag)) {
            response.getHeaders().remove(HttpHeaders.CONTENT_TYPE);
            response.setEntity(null);
            response.setStatusInfo(Response.Status.NOT_MODIFIED);
        }
    }

    private @Nullable EntityTag of(@Nullable Object answer) throws IOException {
        if (answer instanceof Tagged tagged) {
            return tagged.tag();
        }
        return answer instanceof Page<?> page ? of(page) : null;
    }

    /** A cursor may hold the instant of the first page, so of the next one only whether there is one. */
    private EntityTag of(Page<?> page) throws IOException {
        List<?> said = Arrays.asList(page.lasting(), page.next() != null, page.count());
        try (DigestOutputStream digest = new DigestOutputStream(OutputStream.nullOutputStream(), Sha256.digest())) {
            json.writeValue(digest, said);
            return EntityTag.weak(digest.getMessageDigest().digest());
        }
    }

    /** Null where it is no question of what a client has. */
    private static @Nullable TagList ifNoneMatch(ContainerRequestContext request) {
        boolean reads = request.getMethod().equals(HttpMethod.GET)
                || request.getMethod().equals(HttpMethod.HEAD);
        List<String> lines = request.getHeaders().get(HttpHeaders.IF_NONE_MATCH);
        return !reads || lines == null ? null : TagList.parse(HttpHeaders.IF_NONE_MATCH, lines);
    }
}
