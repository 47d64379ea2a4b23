package foldback.report;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import foldback.testing.Database;
import foldback.testing.Rebuilds;
import foldback.testing.RunningJar;
import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reports on five thousand incidents, some of which were reopened, are what a plain reading gives, and are the same after a rebuild, and as of
 * then when the log has gone on.
 */
class LongHistoryReportIT {
    private static final Map<String, String> REOPENING = Map.of("FOLDBACK_FOLD_REOPEN_WITHIN", "2m");
    private static final int STREAMS = 2300;
    private static final int SEED = 20240310;
    private static final int ACTED_ON = 2500;
    private static final int ACTED_ON_LATER = 900;
    private static final List<String> FORMS = List.of("", ".csv", ".ndjson");

    @TempDir
    static Path home;

    private static RunningJar service;
    private static Database database;

    @BeforeAll
    static void start() throws Exception {
        service = RunningJar.start(home.resolve("data"), REOPENING).up();
        database = new Database(home.resolve("data"));
        RestAssured.port = service.port();
    }

    @AfterAll
    static void stop() {
        RestAssured.reset();
        service.close();
    }

    @Test
    void everyColumnIsThatOfThePlainReadingAndTheSameAfterARebuild() throws SQLException, IOException {
        Outages outages = new Outages(SEED);
        outages.send(STREAMS);
        outages.act(outages.listed(now()).subList(0, ACTED_ON));
        String now = now();
        List<JsonNode> incidents = outages.listed(now);
        assertTrue(incidents.size() >= 5000, () -> incidents.size() + " incidents");
        assertTrue(incidents.stream().anyMatch(one -> one.get("reopenCount").intValue() > 0), "some are opened again");
        assertTrue(
                incidents.stream().anyMatch(one -> one.get("openedBy").asText().equals("episode")),
                "of some only the end was seen");
        PlainReport report = new PlainReport(outages.userId, incidents, now);
        PlainReport.ASKED.forEach(report::isThatOf);
        List<byte[]> before = files(report);
        List<String> contentBefore = contents(report);
        Rebuilds.begin("");
        Rebuilds.finished().body("differing", equalTo(0));
        List<byte[]> after = files(report);
        for (int n = 0; n < before.size(); n++) {
            assertArrayEquals(before.get(n), after.get(n));
        }
        assertEquals(contentBefore, contents(report));
        outages.act(incidents.subList(1, ACTED_ON_LATER));
        for (int n = 0; n < PlainReport.ASKED.size(); n++) {
            byte[] asTheLogStood =
                    Answers.to(path(report, PlainReport.ASKED.get(n), "")).asByteArray();
            assertArrayEquals(before.get(n * FORMS.size()), asTheLogStood);
        }
    }

    /** All that is asked, in all forms that are the same to the byte. */
    private static List<byte[]> files(PlainReport report) {
        return PlainReport.ASKED.stream()
                .flatMap(asked -> FORMS.stream().map(form -> path(report, asked, form)))
                .map(path -> Answers.to(path).asByteArray())
                .toList();
    }

    private static String path(PlainReport report, List<String> asked, String form) {
        return "/api/reports/resolution-time" + form + "?" + report.grouped(asked);
    }

    /** The cells of the workbook and the page, of some of it. */
    private static List<String> contents(PlainReport report) throws IOException {
        List<String> contents = new ArrayList<>();
        for (List<String> asked : PlainReport.ASKED.subList(0, 5)) {
            contents.add(Answers.to(path(report, asked, ".html")).asString());
            contents.add(new OpenedBook(Answers.to(path(report, asked, ".xlsx")).asByteArray()).dump(Set.of()));
        }
        return contents;
    }

    private static String now() throws SQLException {
        return database.ask("select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')")
                .get(0);
    }
}
