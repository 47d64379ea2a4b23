package foldback.openapi;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import foldback.access.WithKeys;
import foldback.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which operations need a key, and of what role, is as the document says. */
@QuarkusTest
@TestProfile(WithKeys.class)
@WithTestResource(PostgresResource.class)
class RefusedToKeysIT {
    private Contract contract;
    private Asked asked;

    @BeforeEach
    void read() throws IOException {
        contract = Contract.served("viewer");
        asked = new Asked(contract);
    }

    @Test
    void withoutAKeyNothingIsAnsweredButCallbacks() {
        for (String operation : contract.operations()) {
            boolean open = contract.operation(operation).path("security").isArray();
            assertEquals(operation.contains("/callbacks/"), open, operation);
            int answered = ask(given(), operation);
            assertEquals(!open, answered == 401, operation + " answered " + answered);
        }
    }

    @Test
    void whoeverOnlyLooksDoesNothing() {
        for (String operation : kept()) {
            assertEquals(operation.startsWith("POST "), answered("viewer", operation) == 403, operation);
        }
    }

    @Test
    void onlyAnAdminSeesToWhatWasReceived() {
        for (String operation : kept()) {
            boolean rebuilds =
                    operation.startsWith("POST /api/rebuild") || operation.startsWith("POST /api/quarantine");
            assertEquals(rebuilds, answered("responder", operation) == 403, operation);
        }
    }

    /** All but what is answered without an end. */
    private Set<String> kept() {
        Set<String> operations = new TreeSet<>(contract.operations());
        operations.removeIf(operation -> operation.contains("/callbacks/") || operation.endsWith("/live"));
        return operations;
    }

    private int answered(String key, String operation) {
        int status = ask(given().header("Authorization", "Bearer " + key), operation);
        assertNotEquals(401, status, operation);
        return status;
    }

    private int ask(RequestSpecification request, String operation) {
        String path = Asked.path(operation, Asked.NOBODY);
        boolean acts = operation.startsWith("POST ");
        return asked.ask(
                        operation,
                        path,
                        () -> acts ? request.contentType("application/json").body("{}") : request)
                .statusCode();
    }
}
