package foldback.access;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.problem.Problem;
import foldback.problem.Refusal;
import foldback.testing.PostgresResource;
import foldback.testing.RawHttp;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.URL;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Without configured keys. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class OpenAccessIT {
    @TestHTTPResource(value = "/", management = true)
    URL management;

    @ParameterizedTest
    @ValueSource(strings = {"viewer", "responder", "admin"})
    void everybodyIsLocalAndMayDoAll(String what) {
        given().get("/guarded/" + what).then().statusCode(200).body(equalTo("local"));
    }

    @Test
    void whatDeclaresNoRoleStaysClosed() {
        given().get("/guarded/forgotten").then().statusCode(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST", "127.0.0.1", "127.1.2.3", "[::1]", "localhost:1", "[::1]:8080"})
    void whatIsAddressedToThisMachineIsAnswered(String host) throws IOException {
        isAnswered(get("/guarded/admin", "Host: " + host));
        isAnswered(get("/callbacks/local", "Host: " + host));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rebound.example.org",
                "rebound.example.org:8080",
                "127.0.0.1.example.org",
                "localhost.example.org",
                "192.168.1.2",
                "[::2]",
                "0.0.0.0",
                "2130706433"
            })
    void whatIsAddressedToAnotherIsRefused(String host) throws IOException {
        for (String path : List.of("/guarded/admin", "/api/incidents", "/callbacks/local", "/q/openapi", "/nothing")) {
            isRefused(Refusal.MISDIRECTED, get(path, "Host: " + host));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, http://localhost",
        "localhost:8080, http://localhost:8080",
        "localhost, https://LOCALHOST",
        "127.0.0.1:8080, http://127.0.0.1:8080",
        "[::1]:8080, http://[::1]:8080"
    })
    void thePagesOfTheServiceMayCall(String host, String origin) throws IOException {
        isAnswered(get("/guarded/admin", "Host: " + host, "Origin: " + origin));
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, http://example.org",
        "localhost, http://localhost.example.org",
        "localhost:8080, http://localhost:3000",
        "localhost:8080, http://127.0.0.1:8080",
        "localhost, null",
        "localhost, localhost",
        "localhost, http://",
        "localhost, http://a b"
    })
    void thePagesOfOthersMayNot(String host, String origin) throws IOException {
        isRefused(Refusal.FOREIGN_ORIGIN, get("/guarded/admin", "Host: " + host, "Origin: " + origin));
    }

    @Test
    void theManagementInterfaceIsProtectedInTheSameWay() throws IOException {
        isAnswered(management("Host: localhost"));
        isAnswered(management("Host: localhost:9000", "Origin: http://localhost:9000"));
        isRefused(Refusal.MISDIRECTED, management("Host: rebound.example.org"));
        isRefused(Refusal.FOREIGN_ORIGIN, management("Host: localhost:9000", "Origin: http://example.org"));
    }

    private String management(String... headers) throws IOException {
        return ask(management.getPort(), "/q/metrics", headers);
    }

    @Test
    void aCallbackThatAPageSendsIsNotRecorded() throws IOException {
        String rule = "page-" + UUID.randomUUID();
        String body = "ruleId=" + rule + "&alertState=ALERT&timestamp=1741054000";
        String head = "POST /callbacks/local HTTP/1.1\r\nContent-Type: text/plain\r\nContent-Length: " + body.length();
        for (String who : List.of("Host: rebound.example.org", "Host: localhost\r\nOrigin: http://example.org")) {
            String answer = RawHttp.send(RestAssured.port, head + "\r\n" + who + "\r\n\r\n" + body);
            assertTrue(answer.startsWith("HTTP/1.1 4") && answer.contains(Problem.MEDIA_TYPE), answer);
        }
        given().get("/api/streams?ruleId=" + rule).then().statusCode(200).body("items", empty());
    }

    private static String get(String path, String... headers) throws IOException {
        return ask(RestAssured.port, path, headers);
    }

    private static String ask(int port, String path, String... headers) throws IOException {
        return RawHttp.send(
                port, "GET " + path + " HTTP/1.1\r\n" + String.join("\r\n", headers) + "\r\nConnection: close\r\n\r\n");
    }

    private static void isAnswered(String answer) {
        assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
    }

    private static void isRefused(Refusal refusal, String answer) {
        assertTrue(answer.startsWith("HTTP/1.1 " + refusal.status() + " "), answer);
        assertTrue(answer.contains("urn:foldback:problem:" + refusal.slug()), answer);
    }
}
