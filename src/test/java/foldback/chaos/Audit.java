package foldback.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import foldback.testing.Await;
import foldback.testing.Database;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Holds what is in the database to what was answered: the laws of the domain, after whatever has happened. */
final class Audit {
    private static final int SHOWN = 10;
    private static final int ASKED_OVER_HTTP = 100;

    private final Database database;
    private final Api api;
    private final List<String> objections = new ArrayList<>();

    private Audit(Database database, Api api) {
        this.database = database;
        this.api = api;
    }

    /** Fails with all that is wrong. The load must have stopped; every mixture in the database must be among the exchanges. */
    static void check(Database database, Api api, List<Exchange> exchanges) throws SQLException, IOException {
        Await.until("nothing is on its way into the log", Duration.ofMinutes(2), () -> {
            JsonNode account = api.ask("/api/completeness");
            return account.path("inFlight").asLong() == 0
                    && account.path("spooled").asLong() == 0;
        });
        Audit audit = new Audit(database, api);
        Answers.objections(exchanges).forEach(audit::object);
        audit.nothingIsLost(exchanges);
        audit.nothingIsTwice();
        audit.countsAgree();
        audit.liveIsRebuilt();
        audit.theApiKnows(exchanges);
        if (!audit.objections.isEmpty()) {
            throw new AssertionError(audit.objections.size() + " objections: "
                    + String.join("\n", audit.objections.subList(0, Math.min(SHOWN, audit.objections.size()))));
        }
    }

    private void object(String what) {
        objections.add(what);
    }

    private void nothingIsLost(List<Exchange> exchanges) throws SQLException {
        LogContents log = LogContents.read(database);
        for (Exchange exchange : exchanges) {
            if (exchange.acknowledged() && !isThere(exchange, log)) {
                object("lost: " + exchange);
            }
        }
    }

    private static boolean isThere(Exchange exchange, LogContents log) {
        JsonNode answer = exchange.json();
        if (answer.has("quarantineId")) {
            return log.quarantined().containsValue(id(answer, "quarantineId"));
        }
        UUID callback = id(answer, "callbackId");
        for (JsonNode event : answer.path("events")) {
            if (!log.holds(callback, id(event, "streamId"), id(event, "eventId"))) {
                return false;
            }
        }
        return log.callbacks().contains(callback);
    }

    private static UUID id(JsonNode object, String field) {
        return UUID.fromString(object.path(field).asText());
    }

    /** No value is said twice in one stream, and no stream has two open incidents. */
    private void nothingIsTwice() throws SQLException {
        database.ask(
                        "select stream_id, cur_value, count(*) from events where type = 'signal' group by 1, 2 having count(*) > 1")
                .forEach(row -> object("recorded twice: " + row));
        database.ask("select stream_id from incidents where resolved_at is null group by 1 having count(*) > 1")
                .forEach(row -> object("two open incidents: " + row));
        database.ask("select e.callback_id from events e join quarantine_deliveries q using (callback_id)")
                .forEach(row -> object("both recorded and quarantined: " + row));
    }

    private void countsAgree() throws IOException {
        JsonNode account = api.ask("/api/completeness");
        JsonNode recount = api.ask("/api/completeness?recount=true");
        for (String field : List.of("received", "recorded", "duplicate", "quarantined", "agrees")) {
            if (!account.path(field).equals(recount.path(field))) {
                object(field + " differs: counted " + account + ", in the log " + recount);
            }
        }
        if (!recount.path("agrees").asBoolean()) {
            object("not accounted for: " + recount);
        }
    }

    private void liveIsRebuilt() throws IOException {
        JsonNode rebuild = api.rebuild(true);
        if (!rebuild.path("state").asText().equals("finished")
                || rebuild.path("differing").asLong() != 0) {
            object("live is not what the log folds to: " + rebuild);
        }
        assertEquals(rebuild.path("total"), rebuild.path("done"), "events folded");
    }

    /** What the database holds is also what is answered: a sample, for it takes a question each. */
    private void theApiKnows(List<Exchange> exchanges) throws IOException {
        List<Exchange> acknowledged =
                exchanges.stream().filter(Exchange::acknowledged).toList();
        int step = Math.max(1, acknowledged.size() / ASKED_OVER_HTTP);
        for (int i = 0; i < acknowledged.size(); i += step) {
            JsonNode answer = acknowledged.get(i).json();
            if (answer.has("quarantineId")) {
                api.ask("/api/quarantine/" + answer.path("quarantineId").asText());
            }
            for (JsonNode event : answer.path("events")) {
                theEventIsKnown(answer.path("callbackId").asText(), event);
            }
        }
    }

    private void theEventIsKnown(String callback, JsonNode event) throws IOException {
        JsonNode known = api.ask("/api/events/" + event.path("eventId").asText());
        boolean first = known.path("callbackId").asText().equals(callback);
        if (event.path("duplicate").asBoolean() ? known.path("deliveries").size() < 2 : !first) {
            object("answered " + event + " to callback " + callback + ", and the log has " + known);
        }
    }
}
