package foldback.incident;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.testing.PostgresResource;
import foldback.testing.RawHttp;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a list of incidents does not take, and that any text is only a text. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class HostileParametersIT {
    @Test
    void aCursorIsOfUseForItsListOnly() {
        Rule rule = FourIncidents.sent();
        String list = "/api/incidents?ruleId=" + rule.id;
        String cursor =
                given().get(list + "&limit=1").then().statusCode(200).extract().path("next");
        given().get(list + "&limit=2&cursor=" + cursor).then().statusCode(200).body("items", hasSize(2));
        refused("ruleId=" + rule.id + "&limit=1&sort=openedAt&cursor=" + cursor, "cursor");
        refused("ruleId=" + rule.id + "&status=open&cursor=" + cursor, "cursor");
        refused("limit=1&cursor=" + cursor, "cursor");
    }

    /** Clients send them as they are, and java.net.URI refuses them. */
    @ParameterizedTest
    @ValueSource(strings = {"a|b", "{a}", "^a", "`a", "a\\b", "\"a\""})
    void aCharacterThatNoUriHasIsOneOfTheTextAndOfTheLink(String text) throws IOException {
        Rule rule = FourIncidents.sent();
        String asked = "GET /api/incidents?ruleId=" + rule.id + "&alertName!=" + text + "&limit=1 HTTP/1.1";
        String answer = RawHttp.ask(RestAssured.port, asked);
        assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
        Matcher link = Pattern.compile("(?i)link: <([^>]+)>; rel=\"next\"").matcher(answer);
        assertTrue(link.find(), answer);
        given().urlEncodingEnabled(false)
                .get(link.group(1))
                .then()
                .statusCode(200)
                .body("items", hasSize(1));
    }

    /** The server would read another list than the one that was asked for. */
    @ParameterizedTest
    @ValueSource(strings = {"label.env=a&label.Env=b", "status=open;level=WARN", "STATUS=open", "userId=1&USERID=2"})
    void whatTheServerWouldReadOtherwiseIsRefused(String query) {
        given().urlEncodingEnabled(false)
                .get("/api/incidents?" + query)
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
    }

    @Test
    void aCursorOfOneAlertNameIsNoneOfTwo() {
        Rule rule = FourIncidents.sent();
        String list = "/api/incidents?limit=1&ruleId=" + rule.id + "&alertName!=";
        String cursor = given().get(list + "CPU, memory").then().extract().path("next");
        refused("limit=1&ruleId=" + rule.id + "&alertName!=CPU&alertName!=memory&cursor=" + cursor, "cursor");
    }

    @Test
    void anAcceptThatIsNoneIsSaidToBeSo() throws IOException {
        String answer =
                RawHttp.ask(RestAssured.port, "GET /api/incidents HTTP/1.1", "Accept: application/json", "Accept: x");
        assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status=closed&",
                "status=&",
                "status=open&status=shut&",
                "status!=shut&",
                "stale=1&",
                "acknowledged=yes&",
                "level=critical&",
                "peakLevel=4&",
                "at=now&",
                "at=2025-03-04&",
                "at=+123456-01-01T00:00:00Z&",
                "at=%00&",
                "since=2025-03-04T25:00:00Z&",
                "until=-1&",
                "time=closed&",
                "sort=name&",
                "sort=--openedAt&",
                "sort=&",
                "limit=0&",
                "limit=1001&",
                "limit=-1&",
                "limit=1e2&",
                "limit=99999999999999999999&",
                "limit=٣&",
                "cursor=x&",
                "cursor=&",
                "cursor=MXxhfGJ8Y3xk&",
                "count=all&",
                "ruleId=%00&",
                "ruleId=a%00b&",
                "dimensions.a=%00&",
                "colour=red&",
                "open=true&",
                "dimensions.=x&",
                "dimensions=x&",
                "limit=1&limit=2&",
                "sort=openedAt&sort=openedAt&",
                "since!=2025-03-04T00:00:00Z&"
            })
    void refusesUnderTheNameOfTheParameter(String query) {
        refused(query, query.substring(0, query.indexOf('=')));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ruleId=' or 1=1 --",
                "ruleId=:p0",
                "ruleId=?",
                "dimensions.a'b=c",
                "dimensions.:p0=?",
                "label.\"=\\",
                "label.\uD83D\uDE00=x",
                "alertName=%25",
                "alertName=\\",
                "alertName=***",
                "instanceName={}",
                "groupId=$1"
            })
    void takesAnyTextAsAValue(String query) {
        int equals = query.indexOf('=');
        given().queryParam(query.substring(0, equals), query.substring(equals + 1))
                .queryParam("ruleId!", "none")
                .get("/api/incidents?limit=1")
                .then()
                .statusCode(200);
    }

    @Test
    void aRangeThatEndsBeforeItBeginsIsRefused() {
        refused("since=2025-03-04T00:00:00Z&until=2025-03-03T00:00:00Z", "since");
    }

    private static void refused(String query, String field) {
        given().urlEncodingEnabled(false)
                .get("/api/incidents?" + query.replace("٣", "%D9%A3"))
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors.field", contains(field));
    }
}
