package foldback.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A client of the live feed, by the rules of server-sent events. */
public final class Following implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /**
     * One event.
     *
     * @param id the last event id when it was dispatched
     */
    public record Event(String id, String type, JsonNode data) {
        /** Of the incident. */
        public String incident() {
            return data.path("id").asText();
        }
    }

    private final InputStream body;
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final List<String> comments = new CopyOnWriteArrayList<>();
    private volatile @Nullable String lastId;
    private volatile boolean ended;

    private String type = "";
    private String data = "";

    private Following(InputStream body) {
        this.body = body;
        Thread reader = new Thread(this::read, "following");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Begins, and waits for the beginning.
     *
     * @param query with its question mark, or empty
     * @param headers name, value, name, value
     */
    public static Following begin(int port, String query, String... headers) throws IOException {
        HttpResponse<InputStream> answer = ask(port, query, headers);
        if (answer.statusCode() != 200) {
            throw new IOException(
                    answer.statusCode() + " " + new String(answer.body().readAllBytes(), StandardCharsets.UTF_8));
        }
        Following following = new Following(answer.body());
        Await.until("the stream begins", Duration.ofSeconds(10), () -> following.lastId != null);
        return following;
    }

    /** The answer as it comes, whatever it is. */
    public static HttpResponse<InputStream> ask(int port, String query, String... headers) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/api/live" + query))
                .timeout(Duration.ofSeconds(20));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                take(line);
            }
        } catch (IOException e) {
            comments.add("ended by " + e);
        } finally {
            ended = true;
        }
    }

    private void take(String line) throws IOException {
        if (line.isEmpty()) {
            dispatch();
        } else if (line.startsWith(":")) {
            comments.add(line);
        } else if (line.startsWith("id: ")) {
            lastId = line.substring("id: ".length());
        } else if (line.startsWith("event: ")) {
            type = line.substring("event: ".length());
        } else if (line.startsWith("data: ")) {
            data = line.substring("data: ".length());
        }
    }

    private void dispatch() throws IOException {
        if (!data.isEmpty()) {
            events.add(new Event(String.valueOf(lastId), type, JSON.readTree(data)));
        }
        type = "";
        data = "";
    }

    /** What has come so far. */
    public List<Event> events() {
        return List.copyOf(events);
    }

    public List<String> comments() {
        return List.copyOf(comments);
    }

    /** With which it can be resumed. */
    public String lastId() {
        return String.valueOf(lastId);
    }

    public boolean hasEnded() {
        return ended;
    }

    /** Waits for an event, also one that has come already, and gives it. */
    public Event await(String what, Predicate<Event> which) {
        Await.until(what + " among " + events.size() + " events", Duration.ofSeconds(10), () -> events.stream()
                .anyMatch(which));
        return events.stream().filter(which).findFirst().orElseThrow();
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}
