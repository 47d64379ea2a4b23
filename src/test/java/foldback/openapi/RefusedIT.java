package foldback.openapi;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every operation refuses before it is asked, each as the document says; what is too long to be read at all is the jar's business. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class RefusedIT {
    private Contract contract;
    private Asked asked;

    @BeforeEach
    void read() throws IOException {
        contract = Contract.served();
        asked = new Asked(contract);
    }

    @Test
    void whatIsAddressedToAnother() {
        everywhere(421, "misdirected", () -> given().header("Host", "rebound.example.org"));
    }

    @Test
    void whatThePageOfAnotherSends() {
        everywhere(403, "foreign-origin", () -> given().header("Origin", "https://example.org"));
    }

    @Test
    void aBodyThatIsTooLarge() {
        int documented = 0;
        for (String operation : contract.operations()) {
            if (contract.operation(operation).path("responses").has("413")) {
                String path = Asked.path(operation, Asked.NOBODY);
                String body = "{\"note\":\"" + "x".repeat(11 << 20) + "\"}";
                refuse(operation, 413, "too-large", asked.json(operation, path, body));
                documented++;
            }
        }
        assertTrue(documented > 1, "of " + documented + " operations");
    }

    private void everywhere(int status, String slug, Supplier<RequestSpecification> request) {
        for (String operation : contract.operations()) {
            refuse(operation, status, slug, asked.ask(operation, Asked.path(operation, Asked.NOBODY), request));
        }
    }

    private static void refuse(String operation, int status, String slug, Response answer) {
        assertEquals(status, answer.statusCode(), operation + ": " + answer.asString());
        assertEquals("urn:foldback:problem:" + slug, answer.path("type"), operation);
    }
}
