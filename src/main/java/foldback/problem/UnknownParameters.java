package foldback.problem;

import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Refuses query parameters that the resource method does not know: a misspelt filter must not answer with everything. */
@Singleton
final class UnknownParameters {
    private final Map<Method, QueryNames> known = new ConcurrentHashMap<>();

    @ServerRequestFilter
    void refuse(ResourceInfo resource, UriInfo uri) {
        Method method = resource.getResourceMethod();
        known.computeIfAbsent(method, QueryNames::of)
                .refuse(uri.getQueryParameters())
                .ifPresent(problem -> {
                    throw new ProblemException(problem);
                });
    }
}
