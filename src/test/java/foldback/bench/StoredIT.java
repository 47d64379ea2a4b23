package foldback.bench;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import foldback.callback.CallbackReader;
import foldback.callback.CallbackReading;
import foldback.fold.Event;
import foldback.ledger.EventReader;
import foldback.ledger.Reading;
import foldback.testing.PostgresResource;
import foldback.testing.Rebuilds;
import foldback.testing.Sql;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the generator of stored history writes is what the application would have written, had it received those callbacks. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class StoredIT {
    private static final int STREAMS = 60;
    private static final int INCIDENTS = 5;

    @Inject
    DataSource database;

    private final long seed = ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE);
    private final Stored stored =
            new Stored(seed, STREAMS, INCIDENTS, Instant.now().truncatedTo(ChronoUnit.SECONDS));
    /** Its streams, by what only they are called. */
    private final String its =
            "(select stream_id from streams where rule_id like '%-0000" + "%08x".formatted(seed) + "')";

    @BeforeEach
    void load() throws SQLException {
        Map<String, String> datasource = new PostgresResource().start();
        stored.load(
                datasource.get("quarkus.datasource.jdbc.url"),
                datasource.get("quarkus.datasource.username"),
                datasource.get("quarkus.datasource.password"));
    }

    @Test
    void thereIsAsMuchOfItAsWasAskedFor() throws SQLException {
        assertEquals(3000, stored.signals());
        assertEquals("3000", one("select count(*) from events where type = 'signal' and stream_id in " + its));
        assertEquals("300", one("select count(*) from incidents where stream_id in " + its));
        assertEquals("6", one("select count(*) from incidents where resolved_at is null and stream_id in " + its));
        assertEquals(
                "t",
                one("select count(*) between 10 and 60 from events where type <> 'signal' and stream_id in " + its));
        assertEquals(
                "t",
                one(
                        "select received = recorded and received % 3000 = 0 from callback_counts where replica = 'stored'"));
    }

    @Test
    void theIndexesAreThoseOfTheSchema() throws SQLException {
        assertEquals(
                "events_estimated, events_id, events_key, events_operator, events_operator_id, incidents_id, incidents_key,"
                        + " incidents_lasted, incidents_one_open,"
                        + " incidents_open, incidents_opened, incidents_resolved, incidents_stream_order",
                one(
                        "select string_agg(indexrelid::regclass::text, ', ' order by indexrelid::regclass::text)"
                                + " from pg_index where indrelid in ('events'::regclass, 'incidents'::regclass) and indisvalid"));
        assertEquals(
                "0",
                one("select count(*) from pg_partition_tree('events') p where p.isleaf and 5 <>"
                        + " (select count(*) from pg_index i where i.indrelid = p.relid and i.indisvalid)"));
    }

    @Test
    void aDryRebuildDiffersInNothingAndARebuildChangesNoHead() throws SQLException {
        String heads = "select to_jsonb(h) - 'version' from stream_heads h where stream_id in " + its;
        List<String> before = rows(heads);
        assertEquals(STREAMS, before.size());
        rebuilt("?dryRun=true").body("differing", equalTo(0));
        rebuilt("").body("differing", equalTo(0));
        List<String> after = rows(heads);
        after.removeAll(before);
        assertEquals(List.of(), after);
    }

    @Test
    void itsStreamsAreFoundByWhatTheyAreCalled() throws SQLException {
        assertEquals("0", one("select count(*) from streams where terms is null and stream_id in " + its));
        String rule = one("select rule_id from streams where stream_id in " + its + " limit 1");
        String incidents = one(
                "select count(*) from incidents i join streams s using (stream_id) where s.rule_id = '" + rule + "'");
        given().queryParam("q", rule)
                .queryParam("count", "exact")
                .get("/api/incidents")
                .then()
                .body("count.toString()", equalTo(incidents));
    }

    @Test
    void everyBodyReadsAsItsEvent() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select e.stream_id, e.body, %s from events e where type = 'signal' and stream_id in %s"
                                .formatted(EventReader.COLUMNS, its))) {
            while (rows.next()) {
                byte[] body = rows.getBytes("body");
                String text = new String(body, StandardCharsets.UTF_8);
                CallbackReading.Read read =
                        assertInstanceOf(CallbackReading.Read.class, CallbackReader.read(body), text);
                Reading reading = read.readings().get(0);
                Event.Signalled event = (Event.Signalled) EventReader.event(rows);
                assertEquals(event.said(), reading.said(), text);
                assertEquals(event.occurredAt(), reading.statedAt(), text);
                assertEquals(
                        rows.getObject("stream_id", UUID.class),
                        reading.stream().id(),
                        text);
            }
        }
    }

    @Test
    void theHistoryGoesOn() throws SQLException {
        String open = one("select id from incidents where resolved_at is null and stream_id in " + its + " limit 1");
        String body =
                one("select convert_from(e.body, 'UTF8') from events e join incidents i on i.stream_id = e.stream_id"
                        + " where i.id = '" + open + "' and e.id = i.last_id");
        post(body).body("status", equalTo("duplicate")).body("events[0].incidentId", equalTo(open));
        String written = "select xmin from streams where stream_id = (select stream_id from incidents where id = '"
                + open + "')";
        String before = one(written);
        post(body.replaceFirst("alertState=ALERT", "alertState=OK")
                        .replaceFirst(
                                "timestamp=\\d+", "timestamp=" + Instant.now().toEpochMilli()))
                .body("events[0].effect", equalTo("resolved"))
                .body("events[0].incidentId", equalTo(open));
        assertEquals(before, one(written), "the stream is called as before, so its row is not written");
    }

    private static ValidatableResponse post(String body) {
        return given().contentType("text/plain")
                .body(body)
                .post("/callbacks/local")
                .then()
                .statusCode(200);
    }

    private static ValidatableResponse rebuilt(String query) {
        Rebuilds.begin(query);
        return Rebuilds.finished();
    }

    private String one(String sql) throws SQLException {
        return rows(sql).get(0);
    }

    private List<String> rows(String sql) throws SQLException {
        return Sql.rows(database, sql);
    }
}
