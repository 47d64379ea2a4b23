package foldback.access;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.problem.Problem;
import foldback.testing.PostgresResource;
import foldback.testing.RawHttp;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(WithKeys.class)
@WithTestResource(PostgresResource.class)
class AccessIT {
    @ParameterizedTest
    @CsvSource({
        "viewer, viewer, 200",
        "viewer, responder, 403",
        "viewer, admin, 403",
        "responder, viewer, 200",
        "responder, responder, 200",
        "responder, admin, 403",
        "admin, viewer, 200",
        "admin, responder, 200",
        "admin, admin, 200",
        "admin, forgotten, 403"
    })
    void aKeyMayDoWhatItsRoleMay(String key, String what, int status) {
        ValidatableResponse answer = get("Bearer " + key, "/guarded/" + what).statusCode(status);
        if (status == 200) {
            answer.body(equalTo(key + "1"));
        } else {
            answer.contentType(Problem.MEDIA_TYPE).body("type", equalTo("urn:foldback:problem:forbidden"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer guess", "Bearer ", "Bearer", "Basic dmlld2VyOnZpZXdlcg==", "viewer"})
    void anyOtherCredentialIsRefused(String authorization) {
        isUnauthenticated(get(authorization, "/guarded/viewer").body(not(containsString("guess"))));
    }

    @Test
    void anIdempotencyKeyBelongsToWhoeverSentItAndNobodyElseClaimsOne() {
        String key = UUID.randomUUID().toString();
        String body = "{\"ids\":[\"00000000-0000-7000-8000-000000000000\"]}";
        for (String replayed : new String[] {null, "true"}) {
            for (String caller : List.of("responder", "admin")) {
                bulk("Bearer " + caller, key, body).statusCode(200).header("Idempotent-Replayed", equalTo(replayed));
            }
        }
        bulk("Bearer viewer", key, body).statusCode(403);
        bulk("Bearer guess", key, body).statusCode(401);
        bulk("Bearer viewer", "no key", body).statusCode(403);
    }

    private static ValidatableResponse bulk(String authorization, String key, String body) {
        return given().header("Authorization", authorization)
                .header("Idempotency-Key", key)
                .contentType("application/json")
                .body(body)
                .post("/api/incidents/acknowledge")
                .then();
    }

    @Test
    void noCredentialIsRefused() {
        isUnauthenticated(given().get("/guarded/viewer").then());
    }

    @Test
    void theSchemeIsReadInAnyCase() {
        get("bearer viewer", "/guarded/viewer").statusCode(200);
    }

    @Test
    void withAKeyItMayBeCalledByAnyName() throws IOException {
        String answer = RawHttp.send(RestAssured.port, """
                GET /guarded/viewer HTTP/1.1\r
                Host: foldback.example.org\r
                Origin: https://example.org\r
                Authorization: Bearer viewer\r
                Connection: close\r
                \r
                """);
        assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
    }

    private static ValidatableResponse get(String authorization, String path) {
        return given().header("Authorization", authorization).get(path).then();
    }

    private static void isUnauthenticated(ValidatableResponse answer) {
        answer.statusCode(401)
                .header("WWW-Authenticate", "Bearer")
                .contentType(Problem.MEDIA_TYPE)
                .body("type", equalTo("urn:foldback:problem:unauthenticated"));
    }
}
