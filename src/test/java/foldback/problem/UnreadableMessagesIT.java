package foldback.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.testing.RawHttp;
import foldback.testing.RunningJar;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is not HTTP at all is answered with a problem too, and what is HTTP as if nobody looked for it. Asked of the jar: in a test of
 * Quarkus, Netty's class loader does not see this program's services.
 */
class UnreadableMessagesIT {
    private static final String REST = "Host: localhost\r\nConnection: close\r\n\r\n";
    private static final String GOOD = "GET /q/openapi HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private static final String SECRET = "/callbacks/s3cret";
    private static final String NOTES = "/api/incidents/0198c0de-0000-7000-8000-000000000000/notes";

    @TempDir
    static Path home;

    private static RunningJar service;

    @BeforeAll
    static void start() throws IOException {
        service = RunningJar.start(home.resolve("data"), Map.of()).up();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    static Stream<Arguments> undecodable() {
        return Stream.of(
                of("NUL in a header", "GET /api/incidents HTTP/1.1\r\nX: a\0b\r\n", Refusal.MALFORMED_REQUEST),
                of("VT in a header", post(SECRET) + "X: a\u000bb\r\n", Refusal.MALFORMED_REQUEST),
                of("no version", "GET " + SECRET + "\r\n", Refusal.MALFORMED_REQUEST),
                of("odd version", "GET " + SECRET + " HTTP/x\r\n", Refusal.MALFORMED_REQUEST),
                of("odd spaces", "GET  " + SECRET + "  x  HTTP/1.1 y\r\n", Refusal.MALFORMED_REQUEST),
                of("one word", SECRET + "\r\n", Refusal.MALFORMED_REQUEST),
                of("TLS", "\u0016\u0003\u0001\u0002" + SECRET + "\r\n", Refusal.MALFORMED_REQUEST),
                of("no length", post(SECRET) + "Content-Length: x\r\n", Refusal.MALFORMED_REQUEST),
                of("negative length", post(SECRET) + "Content-Length: -1\r\n", Refusal.MALFORMED_REQUEST),
                of(
                        "two lengths",
                        post(SECRET) + "Content-Length: 1\r\nContent-Length: 2\r\n",
                        Refusal.MALFORMED_REQUEST),
                of("long line", "GET " + SECRET + "?" + "a".repeat(20_000) + " HTTP/1.1\r\n", Refusal.URI_TOO_LONG),
                of("long headers", post(SECRET) + "X: " + "a".repeat(40_000) + "\r\n", Refusal.HEADERS_TOO_LARGE));
    }

    private static Arguments of(String name, String start, Refusal refusal) {
        return Arguments.of(name, start, refusal);
    }

    private static String post(String path) {
        return "POST " + path + " HTTP/1.1\r\n";
    }

    @ParameterizedTest(name = "{0}, {2}")
    @MethodSource("undecodable")
    void isAnsweredWithAProblem(String name, String start, Refusal refusal) throws IOException {
        isProblem(RawHttp.send(service.port(), start + REST), refusal);
    }

    @ParameterizedTest
    @ValueSource(strings = {NOTES, "/callbacks/local"})
    void soIsABodyWithBrokenChunks(String path) throws IOException {
        for (String chunks : new String[] {"zz\r\nabc\r\n", "3\r\nabcdef\r\n", "-1\r\n", "a".repeat(20_000)}) {
            String head = post(path) + "Host: localhost\r\nContent-Type: application/json\r\n";
            String answer = RawHttp.send(
                    service.port(), head + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n" + chunks);
            isProblem(answer, Refusal.MALFORMED_REQUEST);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET /api/incidents HTTP/1.0, ''",
        "GET /api/incidents HTTP/1.1, ''",
        "GET /q/openapi HTTP/1.1, Host: a b",
        "GET /api/incidents HTTP/1.1, Host: [",
        "GET /callbacks/s3cret HTTP/1.1, Host: a:b",
        "GET /api/incidents HTTP/1.1, Host: user@localhost"
    })
    void soIsAHostThatIsNone(String line, String host) throws IOException {
        String headers = host.isEmpty() ? "" : host + "\r\n";
        isProblem(
                RawHttp.send(service.port(), line + "\r\n" + headers + "Connection: close\r\n\r\n"),
                Refusal.MALFORMED_REQUEST);
    }

    @Test
    void soAreTwoHosts() throws IOException {
        isProblem(RawHttp.ask(service.port(), "GET /api/incidents HTTP/1.1", "Host: a"), Refusal.MALFORMED_REQUEST);
    }

    @Test
    void theManagementInterfaceDoesTheSame() throws IOException {
        isProblem(
                RawHttp.ask(service.managementPort(), "GET /q/health HTTP/1.1", "X: a\0b"), Refusal.MALFORMED_REQUEST);
        assertStatus(200, RawHttp.ask(service.managementPort(), "GET /q/health/live HTTP/1.1"));
        isProblem(RawHttp.ask(service.managementPort(), "GET /nothing HTTP/1.1"), Refusal.NOT_FOUND);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP2-Settings: !\r\n", "HTTP2-Settings: AAMAAABkAAQAAP__\r\n"})
    void anOfferOfHttp2IsPassedOverHoweverItIsMade(String settings) throws IOException {
        String offer = "Host: localhost\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n" + settings + "\r\n";
        assertStatus(200, firstBytes(service.port(), "GET /q/openapi HTTP/1.1\r\n" + offer, 15));
        assertStatus(200, firstBytes(service.managementPort(), "GET /q/health/live HTTP/1.1\r\n" + offer, 15));
    }

    @Test
    void noTokenIsInTheLogOrInTheMetrics() throws IOException {
        for (String start : List.of("GET " + SECRET + " HTTP/1.1\r\nX: a\0b\r\n", "GET " + SECRET + " HTTP/x\r\n")) {
            isProblem(RawHttp.send(service.port(), start + REST), Refusal.MALFORMED_REQUEST);
        }
        String metrics = RawHttp.ask(service.managementPort(), "GET /q/metrics HTTP/1.1");
        assertStatus(200, metrics);
        assertFalse(metrics.contains("s3cret"), metrics);
        assertFalse(service.output().contains("s3cret"), service::output);
    }

    @Test
    void earlierRequestsOfTheConnectionAreAnsweredBefore() throws IOException {
        String answers = RawHttp.send(service.port(), GOOD + GOOD + "GET / HTTP/1.1\r\nX: a\0b\r\n" + REST);
        assertEquals(3, answers.split("HTTP/1.1 ", -1).length - 1, answers);
        assertStatus(200, answers);
        int last = answers.lastIndexOf("HTTP/1.1 ");
        isProblem(answers.substring(last), Refusal.MALFORMED_REQUEST);
        assertTrue(answers.substring(0, last).contains("HTTP/1.1 200 OK"), answers);
    }

    @Test
    void aConnectionIsKeptFromOneRequestToTheNext() throws IOException {
        String answers = RawHttp.send(service.port(), GOOD + GOOD + "GET /q/openapi HTTP/1.1\r\n" + REST);
        assertEquals(3, answers.split("HTTP/1.1 200 OK", -1).length - 1, answers);
    }

    @Test
    void aRequestThatComesByteByByteIsRead() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
            socket.setTcpNoDelay(true);
            for (byte each : (post("/callbacks/local") + "Content-Length: 2\r\n" + REST + "ab")
                    .getBytes(StandardCharsets.UTF_8)) {
                socket.getOutputStream().write(each);
                socket.getOutputStream().flush();
            }
            assertStatus(422, new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void whoExpectsToBeToldToContinueIsToldSo() throws IOException {
        String body = "{\"note\":\"x\"}";
        String head = post(NOTES) + "Content-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: "
                + body.length() + "\r\n" + REST;
        assertTrue(RawHttp.send(service.port(), head + body).startsWith("HTTP/1.1 100 Continue\r\n"));
    }

    @Test
    void http2IsNotSpoken() throws IOException {
        String settings = "\0\0\0\u0004\0\0\0\0\0";
        String refused = firstBytes(service.port(), "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + settings, 68);
        assertTrue(refused.contains(" 400 ") && refused.contains("application/problem+json"), refused);
    }

    private static String firstBytes(int port, String bytes, int length) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
            InputStream answer = socket.getInputStream();
            return new String(answer.readNBytes(length), StandardCharsets.ISO_8859_1);
        }
    }

    private static void assertStatus(int status, String answer) {
        assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
    }

    private static void isProblem(String answer, Refusal refusal) {
        assertTrue(answer.startsWith("HTTP/1.") && answer.startsWith(" " + refusal.status() + " ", 8), answer);
        assertTrue(answer.contains(Problem.MEDIA_TYPE), answer);
        assertTrue(answer.contains("urn:foldback:problem:" + refusal.slug()), answer);
        assertFalse(answer.contains("s3cret"), answer);
    }
}
