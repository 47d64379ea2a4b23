package foldback.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More is asked and done over the API than there are connections and threads, and all of it hangs. */
class ExhaustedPoolIT {
    private static final int EACH = 150;
    private static final int CLOUD_MONITORS_PATIENCE_MILLIS = 5000;

    @TempDir
    Path home;

    @Test
    void whatHangsInTheApiDoesNotStopCallbacks() throws Exception {
        ExecutorService people = Executors.newCachedThreadPool();
        try (Trial trial = Trial.begin(home.resolve("data"), 32);
                Connection connection = trial.database.connect();
                Statement statement = connection.createStatement()) {
            Said apart = new Said("apart", List.of(1), 1_741_054_631_386L, "ALERT", "WARN", "90");
            String id = Api.json(trial.api.post("/callbacks/local", apart.body("1")))
                    .path("events")
                    .path(0)
                    .path("incidentId")
                    .asText();
            connection.setAutoCommit(false);
            // What lists read, what rebuilds are asked of, and what an action on that incident needs: callbacks need
            // none of it.
            statement.execute("lock table streams, rebuilds in access exclusive mode");
            statement.execute("select 1 from stream_heads where greatest_id = '" + id + "' for update");
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < EACH; i++) {
                answers.add(ask(people, () -> trial.api.post("/api/incidents/" + id + "/acknowledge", "{}")));
                answers.add(ask(people, () -> trial.api.get("/api/rebuild")));
                answers.add(ask(people, () -> trial.api.get("/api/incidents?limit=10")));
            }
            Trial.pause(1000);
            long unreadable = trial.load.tally.count(422);
            trial.awaitRecorded(2000);
            assertTrue(trial.load.tally.count(422) > unreadable, "what cannot be read is kept as well");
            connection.rollback();
            for (CompletableFuture<HttpResponse<String>> answer : answers) {
                assertTrue(isDoneOrPutOff(answer.join()), () -> said(answer.join(), trial));
            }
            assertEquals(200, trial.api.get("/api/incidents").statusCode(), "and questions are answered again");
            long slowest = Trial.slowest(trial.audit());
            assertTrue(slowest < CLOUD_MONITORS_PATIENCE_MILLIS, () -> "answered after " + slowest + " ms");
        } finally {
            people.shutdownNow();
        }
    }

    private interface Question {
        HttpResponse<String> ask() throws IOException;
    }

    /** A 503 says when to come again, and is a problem like any other. */
    private static boolean isDoneOrPutOff(HttpResponse<String> answer) {
        boolean putOff = answer.statusCode() == 503
                && answer.headers().firstValue("Retry-After").isPresent()
                && answer.headers().firstValue("Content-Type").orElse("").startsWith("application/problem+json");
        return answer.statusCode() == 200 || putOff;
    }

    private static String said(HttpResponse<String> answer, Trial trial) {
        return answer.uri() + ": " + answer.statusCode() + " "
                + answer.headers().map() + " " + answer.body() + "\nthe service said:\n" + trial.service.output();
    }

    private static CompletableFuture<HttpResponse<String>> ask(ExecutorService people, Question question) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return question.ask();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                people);
    }
}
