package foldback.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import foldback.testing.Await;
import foldback.testing.Following;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two services on one database: what one of them records the other tells of, and who leaves one goes on at the other. */
class ResumeOnReplicaIT {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path home;

    @Test
    void followsOnOneReplicaWhatAnotherRecordsAndResumesOnAnother() throws Exception {
        try (Replicas replicas = new Replicas(home)) {
            replicas.start(0);
            replicas.start(0);
            List<String> had = new ArrayList<>();
            String id;
            try (Following first = replicas.follow(0, "")) {
                post(replicas, 1, "ALERT", 0);
                post(replicas, 0, "ALERT", 1);
                Await.until("both came", SOON, () -> first.events().size() == 2);
                first.events().forEach(event -> had.add(event.id()));
                id = first.lastId();
            }
            post(replicas, 0, "ALERT", 2);
            post(replicas, 1, "OK", 3);
            try (Following second = replicas.follow(1, id)) {
                Await.until(
                        "what came between came", SOON, () -> second.events().size() == 2);
                post(replicas, 0, "ALERT", 4);
                Await.until("what comes comes", SOON, () -> second.events().size() == 3);
                second.events().forEach(event -> had.add(event.id()));
            }
            assertEquals(5, had.size());
            assertEquals(had.stream().distinct().toList(), had);
            pruned(replicas, had.get(0));
            try (Following last = replicas.follow(0, "")) {
                replicas.terminate(0);
                Await.until("a service that stops ends the stream", Duration.ofSeconds(3), last::hasEnded);
                assertEquals(1, last.comments().size(), () -> "in good order: " + last.comments());
            }
        }
    }

    /** What is no longer kept is gone on every replica, also when nothing is left. */
    private static void pruned(Replicas replicas, String old) throws Exception {
        try (var connection = replicas.database.connect();
                var statement = connection.createStatement()) {
            statement.execute("update feed set recorded_at = now() - interval '25 hours'");
        }
        Await.until("the feed is shortened", SOON, () -> replicas.database
                .ask("select count(*) from feed")
                .equals(List.of("0")));
        for (int replica : new int[] {0, 1}) {
            HttpResponse<InputStream> answer = replicas.askToFollow(replica, old);
            assertEquals(410, answer.statusCode());
            answer.body().close();
        }
    }

    private static void post(Replicas replicas, int replica, String state, int minute) throws Exception {
        long at =
                Instant.parse("2025-03-04T00:00:00Z").plusSeconds(60L * minute).toEpochMilli();
        String body = "{\"userId\":\"1\",\"ruleId\":\"r\",\"metricName\":\"m\",\"alertState\":\"" + state
                + "\",\"timestamp\":" + at + ",\"dimensions\":{\"instanceId\":\"i\"}}";
        HttpRequest request = HttpRequest.newBuilder(URI.create(replicas.callbackUrl(replica)))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), answer::body);
    }
}
