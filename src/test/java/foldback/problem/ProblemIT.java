package foldback.problem;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.testing.PostgresResource;
import foldback.testing.RawHttp;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(PostgresResource.class)
class ProblemIT {
    private static final String ID = "0198c0de-0000-7000-8000-000000000000";

    private static ValidatableResponse get(String path) {
        return plain().get(path).then();
    }

    private static RequestSpecification plain() {
        return given().urlEncodingEnabled(false);
    }

    private static void isProblem(ValidatableResponse answer, Refusal refusal) {
        answer.statusCode(refusal.status())
                .contentType(Problem.MEDIA_TYPE)
                .body("type", equalTo("urn:foldback:problem:" + refusal.slug()))
                .body("title", equalTo(refusal.title()))
                .body("status", equalTo(refusal.status()));
    }

    @ParameterizedTest
    @CsvSource({
        "/nothing, NOT_FOUND",
        "/refusing, METHOD_NOT_ALLOWED",
        "/refusing/1-1-1-1-1, MALFORMED_ID",
        "/refusing/" + ID + "?limit=ten, INVALID_PARAMETER",
        "/refusing/" + ID + "?limit=1&limit=2, REPEATED_PARAMETER",
        "/refusing/" + ID + "?since=yesterday, INVALID_PARAMETER",
        "/refusing/" + ID + "?limti=1, UNKNOWN_PARAMETER",
        "/refusing/failing, INTERNAL",
        "/failing-route, INTERNAL"
    })
    void whatCannotBeAnsweredIsAProblem(String path, Refusal refusal) {
        isProblem(get(path).body("detail", not(containsString("secret"))), refusal);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?limit=1", "?dimensions.instanceId=a&dimensions.instanceId=b", "?dimensions.a!=%7C"})
    void whatIsKnownPasses(String query) {
        get("/refusing/" + ID + query).statusCode(200);
    }

    @Test
    void theParameterIsNamed() {
        get("/refusing/" + ID + "?limit=ten").body("errors.field", hasItem("limit"));
        get("/refusing/nothing").body("errors.field", hasItem("id"));
        get("/refusing/" + ID + "?limti=1").body("errors.field", hasItem("limti"));
    }

    @Test
    void aWrongMethodIsToldTheRightOnes() {
        isProblem(
                plain().delete("/refusing/" + ID).then().header("Allow", "GET, HEAD, OPTIONS"),
                Refusal.METHOD_NOT_ALLOWED);
        isProblem(get("/refusing").header("Allow", "OPTIONS, POST"), Refusal.METHOD_NOT_ALLOWED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"note\":\"x\",\"stars\":\"many\"} | stars",
                "{\"note\":\"x\",\"star\":1} | star",
                "{\"note\":[1],\"stars\":1} | note",
                "{\"note\":5,\"stars\":1} | note",
                "{\"note\":5.5,\"stars\":1} | note",
                "{\"note\":true,\"stars\":1} | note",
                "{\"note\":\"x\",\"stars\":\"1\"} | stars",
                "{\"note\":\"x\",\"stars\":1.5} | stars",
                "{\"note\":\"x\",\"stars\":true} | stars"
            })
    void aFieldThatCannotBeReadIsNamed(String body, String field) {
        isProblem(posted(body).body("errors.field", hasItem(field)), Refusal.INVALID_BODY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "nothing", "[]", "{\"note\":\"x\"} {}", "{\"note\":\"x\",\"note\":\"y\"}"})
    void aBodyThatIsNotItsJsonIsAProblem(String body) {
        isProblem(posted(body), Refusal.INVALID_BODY);
    }

    private static ValidatableResponse posted(String body) {
        return plain().contentType("application/json")
                .body(body)
                .post("/refusing")
                .then();
    }

    @Test
    void mediaTypesThatAreNotOfferedAreProblems() {
        isProblem(
                plain().contentType("application/xml")
                        .body("<a/>")
                        .post("/refusing")
                        .then(),
                Refusal.UNSUPPORTED_MEDIA_TYPE);
        isProblem(plain().accept("image/png").get("/refusing/" + ID).then(), Refusal.NOT_ACCEPTABLE);
    }

    @Test
    void aBodyOverTheLimitIsAProblemBeforeItIsSent() throws IOException {
        String answer = RawHttp.ask(
                RestAssured.port,
                "POST /refusing HTTP/1.1",
                "Content-Type: application/json",
                "Content-Length: 11000000");
        assertTrue(answer.contains(" 413 ") && answer.contains("urn:foldback:problem:too-large"), answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/refusing/%zz", "/%zz", "/nothing/%c3%28/%", "/refusing/" + ID + "?limit=%zz", "/nothing?a=%zz"
            })
    void aUrlWithABrokenEscapeIsAProblem(String url) throws IOException {
        String answer = RawHttp.ask(RestAssured.port, "GET " + url + " HTTP/1.1");
        assertTrue(answer.startsWith("HTTP/1.1 4") && answer.contains(Problem.MEDIA_TYPE), answer);
    }

    @Test
    void aUrlWithUnescapedCharactersIsReadAsItIsMeant() throws IOException {
        String answer = RawHttp.ask(RestAssured.port, "GET /refusing/" + ID + "?dimensions.a={b|c} HTTP/1.1");
        assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
    }

    @Test
    void theContractAndItsPageAreServed() {
        get("/q/openapi").statusCode(200).body(containsString("openapi: 3.1"));
        get("/q/swagger-ui/").statusCode(200);
    }
}
