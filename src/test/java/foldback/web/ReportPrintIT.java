package foldback.web;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.report.NamedOutages;
import foldback.testing.Chromium;
import foldback.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a report, saved to disk, as a browser prints it and as a phone shows it. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class ReportPrintIT {
    private static final int ROWS = 90;

    /** Points of 1/72 inch: 210 × 297 mm, and what lies within the margins of 14 mm. */
    private static final float WIDTH = 595.3f;

    private static final float HEIGHT = 841.9f;
    private static final float MARGIN = 39f;

    private static final String COLUMNS = "alertNamepeakLevelIncidentsOpenOldestopen";

    /** A window is never that narrow, but a frame in it. */
    private static final String PHONE = """
            <iframe width="390" height="844" frameborder="0" src="report.html" onload="
                document.body.dataset.width = contentDocument.documentElement.scrollWidth + ' of ' + contentWindow.innerWidth"></iframe>
            """;

    @TempDir
    Path home;

    private Path saved() throws IOException {
        NamedOutages outages = new NamedOutages();
        for (int n = 0; n < ROWS; n++) {
            String name = "Check %02d of <b>a name</b> that is long".formatted(n);
            outages.resolved(name, "WARN", "2025-03-%02dT02:00:00Z".formatted(1 + n % 28), 7 + (long) n * n * n);
        }
        outages.open("w".repeat(10_000), "CRITICAL", "2024-03-04T02:00:00Z").send();
        byte[] page = given().urlEncodingEnabled(false)
                .get(
                        "/api/reports/resolution-time.html?cohort=overlaps&since=2025-03-01T00:00:00Z&until=2025-04-01T00:00:00Z"
                                + "&groupBy=alertName,peakLevel&target=PT30M&compare=previous&ruleId=" + outages.ruleId)
                .then()
                .statusCode(200)
                .extract()
                .asByteArray();
        return Files.write(home.resolve("report.html"), page);
    }

    @Test
    void everyRowIsOnA4AndEveryPageSaysWhatItsColumnsAre() throws Exception {
        byte[] printed = new Chromium(home).print(saved());
        try (PDDocument pdf = Loader.loadPDF(printed)) {
            StringBuilder all = new StringBuilder();
            int withRows = 0;
            for (int n = 1; n <= pdf.getNumberOfPages(); n++) {
                PDPage page = pdf.getPage(n - 1);
                assertEquals(WIDTH, page.getMediaBox().getWidth(), 1);
                assertEquals(HEIGHT, page.getMediaBox().getHeight(), 1);
                String text = text(pdf, n);
                all.append(text);
                assertTrue(text.contains("Page" + n + "of" + pdf.getNumberOfPages()), text);
                if (text.contains("of<b>aname")) {
                    assertTrue(text.contains(COLUMNS), text);
                    withRows++;
                }
            }
            for (int n = 0; n < ROWS; n++) {
                String name = "Check%02dof<b>aname</b>thatislong".formatted(n);
                assertTrue(all.toString().contains(name), name + " is not in " + all);
            }
            assertTrue(all.toString().contains("(10,000characters)"), all.toString());
            assertTrue(withRows > 2, withRows + " pages have rows");
        }
    }

    /** Without blanks and line breaks, for these depend on the fonts of a machine; none of it lies beside the page. */
    private static String text(PDDocument pdf, int page) throws IOException {
        List<String> outside = new ArrayList<>();
        PDFTextStripper stripper = new PDFTextStripper() {
            @Override
            protected void processTextPosition(TextPosition text) {
                if (text.getX() < MARGIN || text.getX() + text.getWidth() > WIDTH - MARGIN) {
                    outside.add(text.getUnicode() + " at " + text.getX());
                }
                super.processTextPosition(text);
            }
        };
        stripper.setSortByPosition(false);
        stripper.setStartPage(page);
        stripper.setEndPage(page);
        String text = stripper.getText(pdf).replaceAll("[\\s\u00A0]", "");
        assertEquals(List.of(), outside);
        return text;
    }

    @Test
    void aPhoneNeedNotScrollSideways() throws Exception {
        saved();
        Path phone = Files.writeString(home.resolve("phone.html"), PHONE);
        Document shown = Jsoup.parse(new Chromium(home).show(phone));
        assertEquals("390 of 390", shown.body().attr("data-width"));
    }
}
