package foldback.problem;

import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.quarkus.security.AuthenticationCompletionException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns whatever a resource or the framework before it throws into a problem. */
@Singleton
final class ProblemResponses {
    private final AllowedMethods allowedMethods;

    ProblemResponses(AllowedMethods allowedMethods) {
        this.allowedMethods = allowedMethods;
    }

    /** Named one by one, because the framework has mappers of its own for these. */
    @ServerExceptionMapper({
        ProblemException.class,
        UnauthorizedException.class,
        AuthenticationFailedException.class,
        AuthenticationCompletionException.class,
        ForbiddenException.class,
        MismatchedInputException.class
    })
    Response named(Throwable failure, UriInfo uri, jakarta.ws.rs.core.Request request) {
        return other(failure, uri, request);
    }

    @ServerExceptionMapper
    Response web(WebApplicationException failure, UriInfo uri, jakarta.ws.rs.core.Request request) {
        Response meant = failure.getResponse();
        if (meant.getStatus() < 400) {
            return meant;
        }
        Problem problem = Translation.of(failure, LoggedRequest.of(request.getMethod(), uri.getPath()));
        if (problem.refusal() == Refusal.METHOD_NOT_ALLOWED) {
            problem = problem.withHeader(HttpHeaders.ALLOW, String.join(", ", allowedMethods.of(uri.getPath())));
        }
        return response(problem);
    }

    @ServerExceptionMapper
    Response other(Throwable failure, UriInfo uri, jakarta.ws.rs.core.Request request) {
        return response(Translation.of(failure, LoggedRequest.of(request.getMethod(), uri.getPath())));
    }

    private static Response response(Problem problem) {
        Response.ResponseBuilder answer =
                Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem.json());
        problem.headers().forEach(answer::header);
        return answer.build();
    }
}
