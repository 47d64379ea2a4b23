package foldback.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.ledger.Sha256;
import foldback.report.Answers;
import foldback.report.NamedOutages;
import foldback.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

/** The page stands alone, whoever named the alerts and whoever reads it. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class ReportPageSafetyIT {
    private static final String MARCH = "&since=2025-03-01T00:00:00Z&until=2025-04-01T00:00:00Z";

    private static Response get(String query) {
        return Answers.to("/api/reports/resolution-time.html" + query);
    }

    private static Document page(String query) {
        return Jsoup.parse(new String(get(query).asByteArray(), StandardCharsets.UTF_8));
    }

    @Test
    void itStandsAloneAndRunsNothing() {
        NamedOutages outages = new NamedOutages();
        outages.resolved("disk", "WARN", "2025-03-04T02:00:00Z", 60).send();
        Response answer = get("?ruleId=" + outages.ruleId + MARCH);
        assertEquals(
                "text/html;charset=utf-8", answer.contentType().replace(" ", "").toLowerCase(Locale.ROOT));
        assertEquals("nosniff", answer.header("X-Content-Type-Options"));
        assertTrue(
                answer.header("Content-Disposition")
                        .matches("inline; filename=\"foldback-resolution-time-[0-9TZ-]+\\.html\""),
                answer.header("Content-Disposition"));
        Document page = Jsoup.parse(new String(answer.asByteArray(), StandardCharsets.UTF_8));
        String styles = page.selectFirst("style").data();
        String hash = Base64.getEncoder().encodeToString(Sha256.of(styles.getBytes(StandardCharsets.UTF_8)));
        assertTrue(answer.header("Content-Security-Policy")
                .startsWith("default-src 'none'; style-src 'sha256-" + hash + "';"));
        assertTrue(
                !styles.contains("@import")
                        && !styles.replace("url(#hatch)", "").contains("url("),
                "styles");
        assertEquals(
                List.of(),
                page.select("script,link,img,iframe,object,embed,base,form,a,use,image,foreignObject")
                        .eachAttr("class"));
        assertEquals(
                0,
                page.select("[src],[href],[^on],[style],[action],[background],[srcset]")
                        .size());
    }

    @Test
    void itCanBeReadAloud() {
        NamedOutages outages = new NamedOutages();
        outages.resolved("disk", "WARN", "2025-03-04T02:00:00Z", 60).send();
        Document page = page("?ruleId=" + outages.ruleId + "&groupBy=level,day&target=PT5M" + MARCH);
        assertEquals("en", page.selectFirst("html").attr("lang"));
        assertEquals(
                "Resolution time, 1 March 2025, 00:00 to 1 April 2025, 00:00",
                page.title().replace('\u00A0', ' '));
        assertEquals("h1", page.select("h1,h2,h3").get(0).tagName());
        assertEquals(1, page.select("h1").size());
        assertEquals(0, page.select("section > :first-child:not(h2), h3").size());
        assertEquals(3, page.select("svg.chart[role=img]").size());
        for (Element labelled : page.select("[aria-labelledby]")) {
            for (String id : labelled.attr("aria-labelledby").split(" ", -1)) {
                assertTrue(!page.getElementById(id).text().isBlank(), id);
            }
        }
        assertEquals(0, page.select("svg:not(.chart):not([aria-hidden=true])").size());
        assertTrue(!page.select("table > caption").text().isBlank());
        assertEquals(
                0,
                page.select("thead th:not([scope=col]), tbody th:not([scope=row])")
                        .size());
        List<String> ids = page.select("[id]").eachAttr("id");
        assertEquals(ids.stream().distinct().toList(), ids);
    }

    /** Each beside what is to be seen of it. */
    private static final Map<String, String> HOSTILE = Map.of(
            "<script>alert(1)</script>",
            "<script>alert(1)</script>",
            "\"><img src=x onerror=alert(1)>",
            "\"><img src=x onerror=alert(1)>",
            "</title></style></svg>{title}{#for a in b}&amp;&lt;",
            "</title></style></svg>{title}{#for a in b}&amp;&lt;",
            "' onmouseover='alert(1)",
            "' onmouseover='alert(1)",
            "invoice\u202Egnp.exe",
            "invoice⟨U+202E⟩gnp.exe",
            "a\u0007b\u0085",
            "a⟨U+0007⟩b⟨U+0085⟩",
            "شبكة 网络 сеть 🔥👩‍🚒",
            "شبكة 网络 сеть 🔥👩‍🚒",
            "🔥".repeat(10_000),
            "🔥".repeat(120) + " … " + "🔥".repeat(30) + " (10,000 characters)");

    @Test
    void namesOfStrangersAreTextAndNothingElse() {
        NamedOutages hostile = new NamedOutages();
        NamedOutages tame = new NamedOutages();
        int n = 0;
        for (String name : HOSTILE.keySet()) {
            String opened = "2025-03-0%dT02:00:00Z".formatted(1 + n++);
            hostile.resolved(name, "WARN", opened, 60);
            tame.resolved("tame " + n, "WARN", opened, 60);
        }
        hostile.send();
        tame.send();
        String more = "&groupBy=alertName,label.%3Cb%3E&alertName=*&label.%22%3E%3Cimg!=%3Cscript%3E" + MARCH;
        Document page = page("?ruleId=" + hostile.ruleId + more);
        assertEquals(
                HOSTILE.values().stream().sorted().toList(),
                page.select("tbody tr > th:first-child").eachText().stream()
                        .sorted()
                        .toList());
        assertEquals(
                HOSTILE.keySet().stream()
                        .filter(name -> !HOSTILE.get(name).equals(name))
                        .sorted()
                        .toList(),
                page.select("tbody bdi[title]").eachAttr("title").stream()
                        .sorted()
                        .toList());
        assertEquals("label.<b>", page.select("thead th").get(1).text());
        assertTrue(
                page.select(".facts").text().contains("label.\"><img is not <script>"),
                page.select(".facts").text());
        assertEquals(elements(page("?ruleId=" + tame.ruleId + more)), elements(page));
    }

    private static Map<String, Long> elements(Document page) {
        return page.getAllElements().stream().collect(Collectors.groupingBy(Element::tagName, Collectors.counting()));
    }
}
