package foldback.callback;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.testing.CapturedLog;
import foldback.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URL;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A callback's token is its credential: whatever its URL looks like, it is in no log and in no metric. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class CallbackSecrecyIT {
    private final String unknown = "s3cret-" + UUID.randomUUID();
    private CapturedLog log;

    @TestHTTPResource(value = "/metrics", management = true)
    URL metrics;

    @BeforeEach
    void capture() {
        log = new CapturedLog();
    }

    @AfterEach
    void release() {
        log.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"?x=%zz", "?%", "?%c3%28=%", "?&&=&=x;y", "?token=x&token=y", "?a={b|c}", "/?x=%zz"})
    void aQueryIsIgnoredEvenOneThatCannotBeDecoded(String query) throws IOException {
        assertAnswered("HTTP/1.1 200 ", post("/callbacks/local" + query));
        assertAnswered("HTTP/1.1 200 ", post("//callbacks/local" + query));
        assertAnswered("HTTP/1.1 200 ", post("/callbacks/loc%61l" + query));
        assertAnswered("HTTP/1.1 404 ", post("/callbacks/" + unknown + query));
        assertKeptSecret();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%zz", "%", "%c3%28", "/below", "/%zz", "/..%2f"})
    void aTokenThatCannotBeDecodedIsUnknown(String rest) throws IOException {
        for (String query : List.of("", "?x=%zz")) {
            String answer = post("/callbacks/" + unknown + rest + query);
            assertAnswered("HTTP/1.1 404 ", answer);
            assertTrue(answer.contains("urn:foldback:problem:unknown-token"), answer);
        }
        assertKeptSecret();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%63allbacks/", "/callbacks;x/", "/./callbacks/", "/q/../callbacks/", "/api/callbacks/"})
    void aPathThatOnlyResemblesItKeepsTheSecretToo(String prefix) throws IOException {
        for (String rest : List.of("", "?x=%zz", "%zz")) {
            String answer = post(prefix + unknown + rest);
            assertTrue(answer.startsWith("HTTP/1.1 4") && answer.contains("application/problem+json"), answer);
        }
        assertKeptSecret();
    }

    @Test
    void theMetricsNameTheRouteOnly() throws IOException {
        assertAnswered("HTTP/1.1 200 ", post("/callbacks/local?x=%zz"));
        assertTrue(scraped().contains("uri=\"/callbacks/{token}\""), this::scraped);
    }

    private static String post(String path) throws IOException {
        String body = "userId=1&ruleId=rule-" + UUID.randomUUID() + "&alertName=cpu&alertState=ALERT"
                + "&timestamp=1741054000000&dimensions={instanceId=i-1}&curValue=95&metricName=cpu_total";
        return RawPost.send(path, "application/x-www-form-urlencoded", body);
    }

    private static void assertAnswered(String status, String answer) {
        assertTrue(answer.startsWith(status), answer);
    }

    private void assertKeptSecret() {
        List<String> telling = log.lines().stream()
                .filter(line -> line.contains(unknown) || line.contains("callbacks/") || line.contains("%zz"))
                .toList();
        assertEquals(List.of(), telling);
        String scraped = scraped();
        assertFalse(scraped.contains(unknown) || scraped.contains("callbacks/loc"), scraped);
    }

    private String scraped() {
        return given().get(metrics).then().statusCode(200).extract().asString();
    }
}
