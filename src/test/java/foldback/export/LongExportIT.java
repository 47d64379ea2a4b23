package foldback.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.testing.Await;
import foldback.testing.Database;
import foldback.testing.RawHttp;
import foldback.testing.RunningJar;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exports of more than the service has memory, to readers who are slow, go away, or are many; and from a database that fails. */
class LongExportIT {
    private static final Map<String, String> LITTLE_MEMORY = Map.of("JAVA_TOOL_OPTIONS", "-Xmx150m");
    private static final Map<String, String> LITTLE_TIME = Map.of("FOLDBACK_EXPORT_LONGEST", "2s");

    private static final Map<String, String> LITTLE_PATIENCE = Map.of("FOLDBACK_CONNECTION_PATIENCE", "1s");
    private static final long LONGER_THAN_PATIENCE_MILLIS = 3000;

    private static final int EVENTS = 800;
    /** More than the buffers of a connection hold. */
    private static final int SOME = 100;

    private static final int FIRST = 1_741_054_000;
    private static final String TEXT = "x".repeat(200 * 1024);
    private static final String ALL = "/api/events";
    private static final String NDJSON = "application/x-ndjson";
    private static final int AT_ONCE = 4;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static final String EXPORTING = """
            select pid from pg_stat_activity
            where usename = 'foldback' and pid <> pg_backend_pid() and now() - xact_start > interval '500 ms'
            """;

    @TempDir
    static Path home;

    private static RunningJar service;
    private static Database database;

    private final List<SlowReader> readers = new ArrayList<>();

    @BeforeAll
    static void send() throws Exception {
        Path data = home.resolve("data");
        service = RunningJar.start(data, LITTLE_MEMORY).up();
        database = new Database(data);
        for (int n = 0; n < EVENTS; n++) {
            post(service, n);
        }
    }

    private static void post(RunningJar service, int n) throws IOException, InterruptedException {
        String body = "ruleId=long&alertState=ALERT&timestamp=" + (FIRST + n) + "&curValue=" + n + TEXT;
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + service.port() + "/callbacks/local"))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), answer.body() + service.output());
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @AfterEach
    void leave() throws Exception {
        for (SlowReader reader : readers) {
            reader.close();
        }
        nobodyExports();
        assertFalse(service.output().contains("OutOfMemory"), service::output);
        assertFalse(service.output().contains("failed; the answer names it"), service::output);
    }

    private static void nobodyExports() {
        Await.until(
                "no export goes on", Duration.ofSeconds(10), () -> exporting().isEmpty());
    }

    private static List<String> exporting() throws SQLException {
        return database.ask(EXPORTING);
    }

    private SlowReader reader(String accept) throws IOException {
        SlowReader reader = new SlowReader(service.port(), ALL, accept);
        readers.add(reader);
        return reader;
    }

    /** Whose export has begun, and waits for them to read. */
    private SlowReader waiting() throws IOException {
        SlowReader reader = reader(NDJSON);
        String head = reader.head();
        assertTrue(head.startsWith("HTTP/1.1 200 "), head);
        return reader;
    }

    @Test
    void fourAtOnceAreGivenMoreThanTheHeapEach() throws Exception {
        List<CompletableFuture<SlowReader.Rest>> exports = new ArrayList<>();
        for (int n = 0; n < AT_ONCE; n++) {
            SlowReader reader = reader(n % 2 == 0 ? "text/csv" : NDJSON);
            exports.add(CompletableFuture.supplyAsync(() -> {
                try {
                    String head = reader.head();
                    assertTrue(head.startsWith("HTTP/1.1 200 "), head);
                    return reader.rest();
                } catch (IOException e) {
                    throw new AssertionError(e + service.output(), e);
                }
            }));
        }
        for (CompletableFuture<SlowReader.Rest> export : exports) {
            SlowReader.Rest rest = export.get();
            assertTrue(rest.ended(), rest::toString);
            assertTrue(rest.bytes() > (long) EVENTS * TEXT.length(), rest::toString);
        }
    }

    @Test
    void whatIsRecordedMeanwhileIsNoPartOfIt() throws Exception {
        SlowReader reader = waiting();
        post(service, EVENTS);
        SlowReader.Rest before = reader.rest();
        assertEquals(EVENTS, before.lines());
        SlowReader after = reader(NDJSON);
        after.head();
        assertEquals(EVENTS + 1, after.rest().lines());
    }

    @Test
    void aReaderWhoTakesTooLongIsLeftWithHalfAnAnswer() throws Exception {
        try (RunningJar hasty =
                RunningJar.start(home.resolve("hasty"), LITTLE_TIME).up()) {
            for (int n = 0; n < SOME; n++) {
                post(hasty, n);
            }
            try (SlowReader reader = new SlowReader(hasty.port(), ALL, NDJSON)) {
                reader.head();
                Await.until("its time is up", Duration.ofSeconds(10), () -> hasty.output()
                        .contains("broken off"));
                SlowReader.Rest rest = reader.rest();
                assertFalse(rest.ended(), rest::toString);
            }
            assertFalse(hasty.output().contains("ERROR"), hasty::output);
        }
    }

    @Test
    void aReaderMayTakeLongerThanASenderMay() throws Exception {
        try (RunningJar strict =
                RunningJar.start(home.resolve("strict"), LITTLE_PATIENCE).up()) {
            for (int n = 0; n < SOME; n++) {
                post(strict, n);
            }
            try (SlowReader reader = new SlowReader(strict.port(), ALL, NDJSON)) {
                reader.head();
                Thread.sleep(LONGER_THAN_PATIENCE_MILLIS);
                SlowReader.Rest rest = reader.rest();
                assertTrue(rest.ended(), rest::toString);
                assertEquals(SOME, rest.lines());
            }
        }
    }

    @Test
    void oneMoreThanThereArePlacesForIsToldToComeBack() throws Exception {
        for (int n = 0; n < AT_ONCE; n++) {
            waiting();
        }
        String refused = RawHttp.ask(service.port(), "GET " + ALL + " HTTP/1.1", "Accept: text/csv");
        assertTrue(refused.startsWith("HTTP/1.1 503 ") && refused.contains("urn:foldback:problem:"), refused);
        assertTrue(refused.toLowerCase(java.util.Locale.ROOT).contains("retry-after: "), refused);
        String page = RawHttp.ask(service.port(), "GET /api/incidents HTTP/1.1");
        assertTrue(page.startsWith("HTTP/1.1 200 "), page.substring(0, 200));
    }

    @Test
    void aReaderWhoGoesEndsTheExport() throws Exception {
        SlowReader reader = waiting();
        Await.until("it exports", Duration.ofSeconds(5), () -> exporting().size() == 1);
        reader.close();
        Await.until("it ends", Duration.ofSeconds(5), () -> exporting().isEmpty());
    }

    @Test
    void aReaderWhoGoesBeforeTheFirstRowEndsItToo() throws Exception {
        try (Connection superuser = database.connectAsSuperuser();
                Statement statement = superuser.createStatement()) {
            superuser.setAutoCommit(false);
            statement.execute("lock table streams in access exclusive mode");
            SlowReader reader = reader("text/csv");
            Await.until(
                    "it waits for the lock",
                    Duration.ofSeconds(5),
                    () -> exporting().size() == 1);
            reader.close();
            Await.until("it ends", Duration.ofSeconds(5), () -> exporting().isEmpty());
        }
    }

    @Test
    void oneThatFailsMidwayHasNoEnd() throws Exception {
        SlowReader reader = waiting();
        Await.until("it exports", Duration.ofSeconds(5), () -> exporting().size() == 1);
        try (Connection superuser = database.connectAsSuperuser();
                Statement statement = superuser.createStatement()) {
            statement.execute("select pg_terminate_backend(" + exporting().get(0) + ")");
        }
        SlowReader.Rest rest = reader.rest();
        assertFalse(rest.ended(), rest::toString);
        assertTrue(rest.lines() < EVENTS, rest::toString);
    }
}
