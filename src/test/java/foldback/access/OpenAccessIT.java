package foldback.access;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import foldback.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Without configured keys. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class OpenAccessIT {
    @ParameterizedTest
    @ValueSource(strings = {"viewer", "responder", "admin"})
    void everybodyIsLocalAndMayDoAll(String what) {
        given().get("/guarded/" + what).then().statusCode(200).body(equalTo("local"));
    }

    @Test
    void whatDeclaresNoRoleStaysClosed() {
        given().get("/guarded/forgotten").then().statusCode(403);
    }
}
