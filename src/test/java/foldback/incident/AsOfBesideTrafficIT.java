package foldback.incident;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.testing.Await;
import foldback.testing.PostgresResource;
import foldback.testing.Sql;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** While callbacks are recorded, an instant is answered the same again and again, once what began before it has ended. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class AsOfBesideTrafficIT {
    private static final int SENDERS = 3;
    private static final int INSTANTS = 5;
    private static final Instant BEGINNING = Instant.parse("2025-03-04T00:00:00Z");

    private final RecordedHistory history = new RecordedHistory(BEGINNING);
    private final AtomicBoolean over = new AtomicBoolean();

    @Inject
    DataSource database;

    @Test
    void theSameInstantIsTheSameAnswer() throws Exception {
        history.rule.alert("i-0", BEGINNING.toString());
        ExecutorService threads = Executors.newFixedThreadPool(SENDERS);
        Map<String, List<Map<String, Object>>> answers = new LinkedHashMap<>();
        try {
            List<Future<Integer>> senders = new ArrayList<>();
            for (int sender = 0; sender < SENDERS; sender++) {
                int seed = sender;
                senders.add(threads.submit(() -> send(new Random(seed))));
            }
            for (int n = 0; n < INSTANTS; n++) {
                String asOf = Sql.now(database);
                settled(asOf);
                answers.put(asOf, answer(asOf));
                answers.forEach((earlier, said) -> assertEquals(said, answer(earlier), "while callbacks come"));
            }
            over.set(true);
            for (Future<Integer> sender : senders) {
                assertTrue(sender.get() > 0, "a sender sent nothing");
            }
        } finally {
            over.set(true);
            threads.shutdown();
        }
        answers.forEach((asOf, said) -> assertEquals(said, answer(asOf), "after they have come"));
        assertTrue(answers.values().stream().distinct().count() > INSTANTS / 2, "the answers hardly change");
        assertEquals(
                withoutNow(history.list("limit=1000")),
                withoutNow(answer(Sql.now(database))),
                "folded again or stored, it is the same");
    }

    private int send(Random random) {
        int sent = 0;
        while (!over.get()) {
            String at = BEGINNING.plusSeconds(60L * random.nextInt(600)).toString();
            history.rule.send(
                    "i-" + random.nextInt(9), random.nextBoolean() ? "ALERT" : "OK", at, "triggerLevel", "WARN");
            sent++;
        }
        return sent;
    }

    /** No transaction that began before the instant is still open: what they record is recorded as of their beginning. */
    private void settled(String asOf) {
        Await.until("all that began before " + asOf + " has ended", Duration.ofSeconds(30), () -> {
            try {
                return Sql.rows(
                                database,
                                "select count(*) from pg_stat_activity where xact_start < '" + asOf
                                        + "' and usename = current_user and pid <> pg_backend_pid()")
                        .get(0)
                        .equals("0");
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private List<Map<String, Object>> answer(String asOf) {
        return history.list("limit=1000&asOf=" + asOf);
    }

    private static List<Map<String, Object>> withoutNow(List<Map<String, Object>> incidents) {
        incidents.forEach(incident -> incident.remove("durationSeconds"));
        return incidents;
    }
}
