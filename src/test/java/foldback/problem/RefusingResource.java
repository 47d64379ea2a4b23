package foldback.problem;

import io.vertx.ext.web.Router;
import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Lets {@link ProblemIT} see every kind of refusal. */
@Path("/refusing")
@PermitAll
public class RefusingResource {
    public record Note(String note, int stars) {}

    @GET
    @Path("/{id}")
    @Produces("application/json")
    @Operation(hidden = true)
    @Query(filters = "dimensions.*")
    public String get(@PathParam("id") UUID id, @QueryParam("limit") int limit, @QueryParam("since") Instant since) {
        return "\"" + id + "\"";
    }

    @POST
    @Operation(hidden = true)
    public Note post(Note note) {
        return note;
    }

    @GET
    @Path("/failing")
    @Operation(hidden = true)
    public String fail() {
        throw new IllegalStateException("expected in this test: secret");
    }

    void routes(@Observes Router router) {
        router.get("/failing-route").handler(context -> {
            throw new IllegalStateException("expected in this test: secret");
        });
    }
}
