package foldback.incident;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.listing.Parameters;
import foldback.listing.Room;
import foldback.listing.Selection;
import foldback.listing.Snapshot;
import foldback.testing.PostgresResource;
import foldback.testing.Sql;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.hibernate.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was recorded by an instant can be taken away whole, in the order of the list. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class AsOfRowsIT {
    @Inject
    DataSource database;

    @Inject
    Snapshot snapshot;

    @Inject
    IncidentConfig config;

    @Inject
    IncidentList list;

    private final RecordedHistory history = new RecordedHistory(Instant.parse("2025-03-04T00:00:00Z"));

    /** An instant since when some streams have recorded something, and some have not. */
    private String recorded() throws SQLException {
        List<String> steps = RecordedHistory.random(11, 30);
        steps.forEach(history::record);
        history.record("alert idle 3");
        history.record("ok idle 8");
        history.record("alert idle 9");
        String then = Sql.now(database);
        history.record("ok web 200");
        history.record("alert db 201 CRITICAL");
        return then;
    }

    @ParameterizedTest
    @ValueSource(strings = {"openedAt", "-openedAt", "-resolvedAt", "resolvedAt", "duration", "-lastSignalAt", "level"})
    void fewAreHeldAndAllCome(String sort) throws SQLException {
        String then = recorded();
        List<Object> whole = history.ids("limit=1000&sort=" + sort + "&asOf=" + then);
        assertTrue(whole.size() > 5, () -> "a history of " + whole.size());
        for (int held = 1; held <= 3; held++) {
            assertEquals(whole, rows(sort, then, held), sort + ", " + held + " held");
        }
        assertEquals(whole, exported("sort=" + sort + "&asOf=" + then), sort + ", as NDJSON");
    }

    @Test
    void whatCannotBeAskedIsRefusedBeforeTheAnswerBegins() {
        given().accept("text/csv")
                .get("/api/incidents?asOf=2999-01-01T00:00:00Z")
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
    }

    private List<Object> rows(String sort, String asOf, int held) {
        MultivaluedMap<String, String> values = new MultivaluedHashMap<>();
        values.add("ruleId", history.rule.id);
        values.add("sort", sort);
        values.add("asOf", asOf);
        Parameters parameters = new Parameters(values);
        Instant instant = Instant.parse(asOf);
        AsOfList.Question question = new AsOfList.Question(
                IncidentFilter.of(parameters, instant, config.staleAfter()),
                null,
                instant,
                Sort.of(parameters),
                null,
                Room.ofPage(held));
        List<Selection> stored = list.all(parameters, null, instant);
        return snapshot.ask(session -> rows(session, question, stored));
    }

    private List<Object> rows(Session session, AsOfList.Question question, List<Selection> stored) {
        List<Object> ids = new ArrayList<>();
        AsOfRows rows =
                new AsOfRows(new AsOfList(config), session, question, (row, none) -> ids.add(row.id.toString()));
        try {
            for (Selection part : stored) {
                IncidentExport.INCIDENTS.read(session, part, rows);
            }
            rows.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ids;
    }

    private List<Object> exported(String query) {
        String lines = given().accept("application/x-ndjson")
                .get("/api/incidents?ruleId=" + history.rule.id + "&" + query)
                .then()
                .statusCode(200)
                .extract()
                .asString();
        return lines.lines().map(line -> Json.object(line).get("id")).toList();
    }
}
