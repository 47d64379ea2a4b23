package foldback.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import foldback.testing.Database;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Somebody who acknowledges, notes and resolves what is open, now over one replica and now over another. */
final class People implements AutoCloseable {
    /** Done, moved to another incident, gone by a late signal, resolved already. */
    private static final Set<Integer> RIGHT = Set.of(200, 308, 404, 409);

    private static final List<String> ACTIONS = List.of("acknowledge", "unacknowledge", "notes", "notes", "resolve");

    private final List<Api> replicas;
    private final String rule;
    private final Random random = new Random(7);
    private final Thread thread = new Thread(this::run, "people");
    private final List<String> done = new CopyOnWriteArrayList<>();
    private final List<String> wrong = new ArrayList<>();
    private volatile boolean stopping;
    private int actions;

    People(List<Api> replicas, String rule) {
        this.replicas = replicas;
        this.rule = rule;
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            while (!stopping) {
                JsonNode open = any().ask("/api/incidents?status=open&limit=5&ruleId=" + rule);
                for (JsonNode incident : open.path("items")) {
                    act(incident.path("id").asText());
                }
            }
        } catch (IOException e) {
            wrong.add(e.toString());
        }
    }

    private void act(String incident) throws IOException {
        String action = ACTIONS.get(random.nextInt(ACTIONS.size()));
        String note = "note " + actions++;
        HttpResponse<String> answer = any().post(
                        "/api/incidents/" + incident + "/" + action, "{\"note\":\"" + note + "\",\"by\":\"people\"}");
        if (answer.statusCode() == 200) {
            done.add(note);
        }
        if (!RIGHT.contains(answer.statusCode())) {
            wrong.add(action + ": " + answer.statusCode() + " " + answer.body());
        }
    }

    /** How often they have been told that it is done. */
    int acted() {
        return done.size();
    }

    private Api any() {
        return replicas.get(random.nextInt(replicas.size()));
    }

    /** Ends it, and fails where something was answered wrongly, is missing from the log, or is there twice. */
    void audit(Database database) throws SQLException {
        close();
        Map<String, Integer> recorded = new HashMap<>();
        database.ask("select note from events where type <> 'signal'")
                .forEach(note -> recorded.merge(note, 1, Integer::sum));
        done.stream().filter(note -> !recorded.containsKey(note)).forEach(note -> wrong.add("lost: " + note));
        recorded.forEach((note, times) -> {
            if (times > 1) {
                wrong.add("recorded twice: " + note);
            }
        });
        if (!wrong.isEmpty()) {
            throw new AssertionError(wrong.size() + " objections: " + String.join("\n", wrong));
        }
    }

    @Override
    public void close() {
        stopping = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
