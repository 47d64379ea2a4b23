package foldback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import foldback.testing.RunningJar;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows is what comes: its calls are made to a fresh service, and its answers compared. */
class ReadmeIT {
    private static final Pattern CALL = Pattern.compile("(?s)```sh\n(curl .*?)```.*?```json\n(.*?)```");

    @TempDir
    Path home;

    @Test
    void itsCallsGetItsAnswers() throws Exception {
        List<String> calls = new ArrayList<>();
        try (RunningJar service =
                RunningJar.start(home.resolve("data"), Map.of()).up()) {
            Matcher example = CALL.matcher(Files.readString(Path.of("README.md")));
            while (example.find()) {
                calls.add(example.group(1));
                String call = example.group(1).replace("127.0.0.1:8080", "127.0.0.1:" + service.port());
                assertEquals(lasting(example.group(2)), lasting(run(call)), call);
            }
        }
        assertTrue(calls.size() >= 2, "the README has its examples");
    }

    private static String run(String call) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder("bash", "-c", call).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        return output;
    }

    /** Without what differs from one time to the next: new ids, receipts and the time until now. */
    private static String lasting(String json) throws IOException {
        JsonNode answer = new ObjectMapper().readTree(json);
        return answer.toPrettyString()
                .replaceAll("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}", "(new id)")
                .replaceAll("(\"firstReceivedAt\" : )\"[^\"]+\"", "$1(now)")
                .replaceAll("(\"durationSeconds\" : )[0-9.]+", "$1(until now)");
    }
}
