package foldback.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.vertx.core.http.HttpClosedException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemTest {
    @Test
    void theJsonHasTheMembersOfTheStandardAndItsOwn() {
        Problem refused = Problem.of(Refusal.UNREADABLE_CALLBACK, "alertState is missing.")
                .withError("alertState", "is missing")
                .with("quarantineId", "7");
        assertEquals(
                "{\"type\":\"urn:foldback:problem:unreadable-callback\",\"title\":\"The callback cannot be read\","
                        + "\"status\":422,\"detail\":\"alertState is missing.\","
                        + "\"errors\":[{\"field\":\"alertState\",\"message\":\"is missing\"}],\"quarantineId\":\"7\"}",
                refused.json());
    }

    @Test
    void everySlugIsUnique() {
        long slugs =
                Arrays.stream(Refusal.values()).map(Refusal::slug).distinct().count();
        assertEquals(Refusal.values().length, slugs);
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(Refusal.GONE.because("x"), Refusal.GONE),
                Arguments.of(new WebApplicationException(Refusal.GONE.because("x"), 400), Refusal.GONE),
                Arguments.of(new NotFoundException(), Refusal.NOT_FOUND),
                Arguments.of(new NotFoundException(new IllegalArgumentException()), Refusal.INVALID_PARAMETER),
                Arguments.of(new NotAllowedException("GET"), Refusal.METHOD_NOT_ALLOWED),
                Arguments.of(new WebApplicationException(418), Refusal.MALFORMED_REQUEST),
                Arguments.of(new IOException(new IOException(new HttpClosedException("x"))), Refusal.MALFORMED_REQUEST),
                Arguments.of(new IOException(new ClosedChannelException()), Refusal.MALFORMED_REQUEST),
                Arguments.of(new IOException("x"), Refusal.INTERNAL),
                Arguments.of(new AuthenticationFailedException(), Refusal.UNAUTHENTICATED),
                Arguments.of(new ForbiddenException(), Refusal.FORBIDDEN));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void knownFailuresAreProblems(Throwable failure, Refusal expected) {
        assertEquals(expected, Translation.of(failure, "GET /").refusal());
    }

    @Test
    void anUnknownFailureTellsAnIdAndNothingOfTheInside() {
        Problem problem = Translation.of(new IllegalStateException("expected in this test: secret"), "GET /");
        assertEquals(500, problem.status());
        assertFalse(problem.json().contains("secret"));
        assertTrue(String.valueOf(problem.members().get("instance")).startsWith("urn:uuid:"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"08006", "53300", "57014", "57P01", "40001", "55P03", "99999", ""})
    @NullSource
    void aDatabaseThatIsAwayOrBusyIsToBeAskedAgain(@Nullable String state) {
        SQLException cause = new SQLException("expected in this test: secret", state);
        for (Throwable failure : List.of(cause, new IllegalStateException(new WebApplicationException(cause)))) {
            Problem problem = Translation.of(failure, "GET /");
            assertEquals(Refusal.UNAVAILABLE, problem.refusal());
            assertEquals("2", problem.headers().get("Retry-After"));
            assertFalse(problem.json().contains("secret"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "42601", "XX000", "0800"})
    void anyOtherFailureOfTheDatabaseIsOurs(String state) {
        Problem problem = Translation.of(new SQLException("expected in this test: secret", state), "GET /");
        assertEquals(Refusal.INTERNAL, problem.refusal());
    }

    @Test
    void aCircleOfCausesComesToAnEnd() {
        RuntimeException outer = new IllegalStateException("expected in this test");
        outer.initCause(new IllegalStateException(outer));
        assertEquals(500, Translation.of(outer, "GET /").status());
    }

    @Test
    void aFieldOfTheBodyIsNamed() {
        record Note(String note) {}
        Throwable failure =
                assertThrows(Exception.class, () -> new ObjectMapper().readValue("{\"noet\":\"x\"}", Note.class));
        Problem problem = Translation.of(failure, "POST /");
        assertEquals(Refusal.INVALID_BODY, problem.refusal());
        assertEquals("noet", problem.errors().get(0).field());
    }

    @ParameterizedTest
    @CsvSource({
        "/api/incidents, GET /api/incidents",
        "/callbacks/s3cret, GET /callbacks/…",
        "/callbacks, GET /callbacks"
    })
    void theLogNamesNoToken(String path, String logged) {
        assertEquals(logged, LoggedRequest.of("GET", path));
    }
}
