package foldback.access;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Lets {@link AccessIT} and {@link OpenAccessIT} see what each key may do. */
@Path("/guarded")
public class GuardedResource {
    private final SecurityIdentity caller;

    GuardedResource(SecurityIdentity caller) {
        this.caller = caller;
    }

    @GET
    @Path("/viewer")
    @RolesAllowed(Role.VIEWER)
    @Operation(hidden = true)
    public String view() {
        return caller.getPrincipal().getName();
    }

    @GET
    @Path("/responder")
    @RolesAllowed(Role.RESPONDER)
    @Operation(hidden = true)
    public String respond() {
        return caller.getPrincipal().getName();
    }

    @GET
    @Path("/admin")
    @RolesAllowed(Role.ADMIN)
    @Operation(hidden = true)
    public String administer() {
        return caller.getPrincipal().getName();
    }

    @GET
    @Path("/forgotten")
    @Operation(hidden = true)
    public String forgotten() {
        return "nobody should see this";
    }
}
