package foldback.bench;

import static foldback.bench.Questions.detail;
import static foldback.bench.Questions.list;
import static foldback.bench.Questions.paths;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import foldback.bench.Questions.Question;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What on-call people ask, with values that the stored history has. */
final class QuestionList {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int VALUES = 200;
    private static final int LONG_TIMELINE = 1000;
    private static final int DEEP_PAGE = 10_000;
    private static final int PAGE = 100;
    private static final String FIRST_PAGE = "limit=" + PAGE;
    private static final double SINGLE = 5;
    private static final double TWO = 10;
    private static final double WORDS = 15;

    private final UnderLoad service;

    QuestionList(UnderLoad service) {
        this.service = service;
    }

    List<Question> all() throws SQLException, IOException, InterruptedException {
        List<Question> all = new ArrayList<>();
        all.add(detail(sample("i.id::text")));
        all.add(list(FIRST_PAGE, SINGLE, ""));
        singles(all);
        pairs(all);
        times(all);
        words(all);
        all.add(new Question("timeline of a thousand", 5, List.of(longTimeline())));
        all.add(new Question("page " + DEEP_PAGE, 1.3, FIRST_PAGE, List.of(deepPage())));
        return all;
    }

    private void singles(List<Question> all) throws SQLException, IOException {
        all.add(list("status=%s", SINGLE, "open", "resolved"));
        all.add(list("status!=%s", SINGLE, "open", "resolved"));
        all.add(list("stale=%s", SINGLE, "true", "false"));
        all.add(list("acknowledged=%s", SINGLE, "true", "false"));
        all.add(list("level=%s", SINGLE, "CRITICAL", "WARN", "INFO"));
        all.add(list("peakLevel=%s", SINGLE, "CRITICAL", "WARN", "INFO"));
        all.add(list("userId=%s", SINGLE, sample("s.user_id")));
        all.add(list("ruleId=%s", SINGLE, sample("s.rule_id")));
        all.add(list("ruleId=%s", SINGLE, "none"));
        all.add(list("alertName=%s", SINGLE, sample("i.alert_name")));
        all.add(list("alertName=*%s*", SINGLE, sample("substr(i.alert_name, 2, 4)")));
        all.add(list("namespace=%s", SINGLE, sample("i.namespace")));
        all.add(list("metricName=%s", SINGLE, sample("i.metric_name")));
        all.add(list("regionId=%s", SINGLE, sample("i.region_id")));
        all.add(list("regionId=%s", SINGLE, "nowhere"));
        all.add(list("groupId=%s", SINGLE, sample("i.group_id")));
        all.add(list("instanceName=%s", SINGLE, sample("i.instance_name")));
        all.add(list("dimensions.instanceId=%s", SINGLE, sample("s.dimensions ->> 'instanceId'")));
        all.add(list("label.team=%s", SINGLE, sample("s.labels ->> 'team'")));
    }

    private void pairs(List<Question> all) throws SQLException, IOException {
        all.add(list("status=open&level=%s", TWO, "CRITICAL", "INFO"));
        all.add(list("acknowledged=false&regionId=%s", TWO, sample("i.region_id")));
        all.add(list("level=CRITICAL&groupId=%s", TWO, sample("i.group_id")));
        all.add(list("peakLevel=WARN&ruleId=%s", TWO, sample("s.rule_id")));
        all.add(list("namespace=acs_rds_dashboard&label.team=%s", TWO, sample("s.labels ->> 'team'")));
    }

    private void times(List<Question> all) throws SQLException, IOException {
        List<String> instants = sample(
                "to_char(i.opened_at at time zone 'UTC' + interval '1 minute', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')");
        all.add(list("since=%s", SINGLE, instants));
        all.add(list("until=%s", SINGLE, instants));
        all.add(list("at=%s", TWO, instants));
        all.add(list("time=overlaps&since=%s", TWO, instants));
        List<String> hours = instants.stream()
                .map(at -> at + "&until=" + Instant.parse(decoded(at)).plusSeconds(3600))
                .toList();
        for (String time : List.of("overlaps", "resolved")) {
            all.add(new Question(
                    "time=" + time + " of an hour", TWO, paths("/api/incidents?time=" + time + "&since=%s", hours)));
        }
    }

    private void words(List<Question> all) throws SQLException, IOException {
        all.add(words("a resource", sample("s.dimensions ->> 'instanceId'")));
        all.add(words("a common word", List.of(encoded("使用率"), encoded("堆积"), "CPU", encoded("满"), "redis")));
        all.add(words("a word that is nowhere", List.of(encoded("nowhere 内存"), "zzzz")));
        all.add(words("two words", List.of(encoded("orders CONNECTION"), encoded("数据 kafka"))));
    }

    private static Question words(String name, List<String> values) {
        return new Question("q: " + name, WORDS, paths("/api/incidents?q=%s", values));
    }

    /** Of an alert that repeats, which is posted once. */
    private String longTimeline() throws IOException, InterruptedException {
        long begin = Instant.now().getEpochSecond() - 60L * LONG_TIMELINE;
        String id = "";
        for (int i = 0; i < LONG_TIMELINE; i++) {
            String answer = service.post("ruleId=bench-timeline-" + begin
                    + "&alertName=repeats&metricName=m&alertState=ALERT&curValue=" + i + "&timestamp="
                    + (begin + 60L * i));
            id = JSON.readTree(answer).at("/events/0/incidentId").asText();
        }
        return "/api/incidents/" + id + "/timeline";
    }

    /** The page is found by pages of a thousand; its cursor is the same. */
    private String deepPage() throws IOException, InterruptedException {
        String path = "/api/incidents?limit=1000";
        String cursor = "";
        for (int page = 0; page < DEEP_PAGE * PAGE / 1000; page++) {
            JsonNode next = JSON.readTree(service.answer(path)).path("next");
            if (next.isNull()) {
                break;
            }
            cursor = next.asText();
            path = "/api/incidents?limit=1000&cursor=" + cursor;
        }
        return "/api/incidents?limit=100&cursor=" + cursor;
    }

    /** What incidents that are stored have, as a query takes it. */
    private List<String> sample(String expression) throws SQLException, IOException {
        List<String> values = new ArrayList<>();
        try (Connection connection = service.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select %s from incidents i tablesample bernoulli (1) join streams s using (stream_id) where %1$s is not null limit %d"
                                .formatted(expression, VALUES))) {
            while (rows.next()) {
                values.add(encoded(rows.getString(1)));
            }
        }
        return values;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
