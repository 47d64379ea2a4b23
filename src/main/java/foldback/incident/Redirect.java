package foldback.incident;

import foldback.listing.Parameters;
import foldback.problem.ProblemException;
import foldback.problem.Refusal;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.UUID;

/** Turns what an id led to into HTTP. */
final class Redirect {
    private static final int PERMANENTLY_SAME_METHOD = 308;
    private static final String INCIDENTS = "/api/incidents/";
    private static final int PARTS = 4;

    private Redirect() {}

    /** The incident; else answers with its own URL, or that there is none. */
    static StoredIncident orHere(IncidentById.Found found, UUID id, UriInfo uri) {
        if (found instanceof IncidentById.Found.Here here) {
            return here.incident();
        }
        if (found instanceof IncidentById.Found.Moved moved) {
            throw to(moved.to(), uri);
        }
        throw unknown(id);
    }

    static ProblemException unknown(UUID id) {
        return Refusal.UNKNOWN_ID.because("There is no incident " + id + ".");
    }

    /** Sends the same request there. */
    static WebApplicationException to(UUID id, UriInfo uri) {
        return new WebApplicationException(Response.status(PERMANENTLY_SAME_METHOD)
                .header(HttpHeaders.LOCATION, location(id, uri))
                .build());
    }

    /** The same request for the other id. A path only, which stays right behind any proxy. */
    private static String location(UUID to, UriInfo uri) {
        // {"api", "incidents", id, the rest}
        String[] parts = uri.getPath().replaceFirst("^/+", "").split("/", PARTS);
        String below = parts.length < PARTS ? "" : "/" + parts[PARTS - 1];
        String query = Parameters.query(uri.getQueryParameters());
        return INCIDENTS + to + below + (query.isEmpty() ? "" : "?" + query);
    }
}
