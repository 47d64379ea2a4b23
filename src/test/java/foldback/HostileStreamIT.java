package foldback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.testing.RunningJar;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stream of which the events have more text together than the service has memory, and one that comes before them all. */
class HostileStreamIT {
    private static final Map<String, String> LITTLE_MEMORY = Map.of("JAVA_TOOL_OPTIONS", "-Xmx150m");
    private static final int EVENTS = 800;
    private static final int FIRST = 1_741_054_000;
    private static final String TEXT = "x".repeat(200 * 1024);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    static Path home;

    @Test
    void aLateEventIsFoldedAllTheSame() throws Exception {
        try (RunningJar service =
                RunningJar.start(home.resolve("data"), LITTLE_MEMORY).up()) {
            for (int n = 0; n < EVENTS; n++) {
                String state = n % 2 == 0 ? "INSUFFICIENT_DATA" : "ALERT";
                sent(service, state, FIRST + n, n + TEXT);
            }
            String answer = sent(service, "ALERT", FIRST - 60, "late");
            assertTrue(answer.contains("\"recorded\"") && answer.contains("\"opened\""), answer);
            assertTrue(!service.output().contains("OutOfMemory"), service::output);
        }
    }

    private static String sent(RunningJar service, String state, int timestamp, String value)
            throws IOException, InterruptedException {
        String body = "ruleId=hostile&alertState=" + state + "&timestamp=" + timestamp + "&curValue=" + value;
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + service.port() + "/callbacks/local"))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), answer.body() + service.output());
        return answer.body();
    }
}
