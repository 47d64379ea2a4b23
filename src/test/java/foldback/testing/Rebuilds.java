package foldback.testing;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.restassured.response.ValidatableResponse;
import java.time.Duration;

/** Rebuilds over HTTP. */
public final class Rebuilds {
    private Rebuilds() {}

    /**
     * Begins one.
     *
     * @param query with its question mark, or empty
     */
    public static void begin(String query) {
        given().post("/api/rebuild" + query).then().statusCode(202).body("state", notNullValue());
    }

    /** The progress of the one that runs, once it has finished. */
    public static ValidatableResponse finished() {
        Await.until("the rebuild is finished", Duration.ofSeconds(60), () -> !"running"
                .equals(progress().extract().path("state")));
        return progress().body("state", equalTo("finished"));
    }

    private static ValidatableResponse progress() {
        return given().get("/api/rebuild").then().statusCode(200);
    }
}
