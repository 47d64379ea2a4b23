package foldback.report;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.hasItem;

import io.restassured.response.Response;

/** Asks for reports as they are written, without escaping anything. */
public final class Answers {
    private Answers() {}

    public static Response to(String path) {
        return given().urlEncodingEnabled(false)
                .get(path)
                .then()
                .statusCode(200)
                .extract()
                .response();
    }

    /** @param field what is named as the reason */
    static void refuse(String path, String field) {
        given().urlEncodingEnabled(false)
                .get(path)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors.field", hasItem(field));
    }
}
