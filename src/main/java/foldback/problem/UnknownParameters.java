package foldback.problem;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Refuses query parameters that the resource method does not know: a misspelt filter must not answer with everything. */
@Singleton
final class UnknownParameters {
    private final Map<Method, QueryNames> known = new ConcurrentHashMap<>();
    private final CurrentVertxRequest current;

    UnknownParameters(CurrentVertxRequest current) {
        this.current = current;
    }

    @ServerRequestFilter
    void refuse(ResourceInfo resource, UriInfo uri) {
        Method method = resource.getResourceMethod();
        // First, for it refuses escapes that are none.
        MultivaluedMap<String, String> parameters = uri.getQueryParameters();
        QueryText.refuse(current.getCurrent().request().query())
                .or(() -> known.computeIfAbsent(method, QueryNames::of).refuse(parameters))
                .ifPresent(problem -> {
                    throw new ProblemException(problem);
                });
    }
}
