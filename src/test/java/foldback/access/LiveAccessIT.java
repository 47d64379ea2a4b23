package foldback.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.testing.Following;
import foldback.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(WithKeys.class)
@WithTestResource(PostgresResource.class)
class LiveAccessIT {
    @ParameterizedTest
    @ValueSource(strings = {"viewer", "responder", "admin"})
    void whoeverMayReadMayFollow(String key) throws IOException {
        try (Following following = Following.begin(RestAssured.port, "", "Authorization", "Bearer " + key)) {
            assertTrue(!following.hasEnded(), () -> "comments: " + following.comments());
        }
    }

    @Test
    void withoutAKeyNothingBegins() throws IOException {
        assertEquals(401, status());
        assertEquals(401, status("Authorization", "Bearer forgotten"));
    }

    private static int status(String... headers) throws IOException {
        HttpResponse<InputStream> answer = Following.ask(RestAssured.port, "", headers);
        try (InputStream body = answer.body()) {
            assertEquals(
                    "application/problem+json",
                    answer.headers().firstValue("Content-Type").orElse(""));
            String problem = new String(body.readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(problem.contains("urn:foldback:problem:unauthenticated"), problem);
            return answer.statusCode();
        }
    }
}
