package foldback;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import foldback.testing.Await;
import foldback.testing.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The plans of all that an embedded PostgreSQL carries out, as it logs them itself. */
final class LoggedPlans {
    private static final String EXPLAIN = """

            session_preload_libraries = 'auto_explain'
            auto_explain.log_min_duration = 0
            auto_explain.log_analyze = on
            auto_explain.log_format = json
            """;

    private static final String PLAN = "plan:";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Database database;

    LoggedPlans(Database database) {
        this.database = database;
    }

    /** What is asked of the service. */
    interface Asking {
        void ask() throws IOException, InterruptedException;
    }

    /** From the next start of the database in that directory. */
    static void switchOn(Path dataDir) throws IOException {
        Path configuration = dataDir.resolve("postgresql").resolve("postgresql.conf");
        Files.writeString(configuration, EXPLAIN, StandardOpenOption.APPEND);
    }

    /** All scans of what the server plans while the question is answered. */
    List<JsonNode> scans(Asking question) throws IOException, InterruptedException {
        int before = log().length();
        question.ask();
        String log = logged(before);
        List<JsonNode> scans = new ArrayList<>();
        for (int at = log.indexOf(PLAN); at >= 0; at = log.indexOf(PLAN, at + 1)) {
            try (JsonParser plan = JSON.createParser(log.substring(at + PLAN.length()))) {
                JsonNode whole = JSON.readTree(plan);
                whole.findParents("Node Type").stream()
                        .filter(node -> node.path("Node Type").asText().contains("Scan"))
                        .forEach(scans::add);
            }
        }
        return scans;
    }

    /** The server logs behind the answer: a question of our own is the last that it has to say. */
    private String logged(int before) {
        String last = "last " + UUID.randomUUID();
        Await.until("plans are logged", Duration.ofSeconds(10), () -> {
            database.ask("select '" + last + "'");
            return database.log().contains(last);
        });
        return log().substring(before);
    }

    private String log() {
        try {
            return database.log();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
