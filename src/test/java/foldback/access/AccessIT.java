package foldback.access;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import foldback.problem.Problem;
import foldback.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(AccessIT.WithKeys.class)
@WithTestResource(PostgresResource.class)
class AccessIT {
    /** A key for each role; the key is the role's name, and its label the name and a 1. */
    public static final class WithKeys implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> config = new HashMap<>();
            for (String role : Role.ASCENDING) {
                config.put(
                        "foldback.access.keys." + role + "1.hash",
                        Fingerprint.of(role).hex());
                config.put("foldback.access.keys." + role + "1.role", role);
            }
            return config;
        }
    }

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
    void noCredentialIsRefused() {
        isUnauthenticated(given().get("/guarded/viewer").then());
    }

    @Test
    void theSchemeIsReadInAnyCase() {
        get("bearer viewer", "/guarded/viewer").statusCode(200);
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
