package foldback.incident;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.listing.Parameters;
import foldback.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A filter finds the same incidents in the database and in memory. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class IncidentFilterIT {
    private static final int SEED = 20251124;
    private static final Instant BEGINNING = Instant.parse("2025-03-04T00:00:00Z");
    private static final int MINUTES = 600;
    private static final List<String> NAMES = List.of("CPU高", "cpu low", "Disk_1", "磁盘*满");

    private final Random random = new Random(SEED);
    private final Rule rule = new Rule();

    @Inject
    IncidentList list;

    @Inject
    Clock clock;

    @Test
    void inTheDatabaseAndInMemory() {
        for (int i = 0; i < 90; i++) {
            send(i);
        }
        Instant now = clock.instant();
        List<IncidentView> all =
                list.page(parameters(List.of("limit", "1000")), null).items();
        assertTrue(all.size() > 30, "incidents " + all.size());
        Map<UUID, List<String>> notes =
                all.stream().collect(Collectors.toMap(IncidentView::id, IncidentFilterIT::notes));
        int found = 0;
        for (int i = 0; i < 200; i++) {
            List<String> query = query();
            IncidentFilter filter = IncidentFilter.of(parameters(query), now, Duration.ofHours(25));
            Set<UUID> inMemory = all.stream()
                    .filter(incident -> filter.matches(incident, () -> notes.get(incident.id())))
                    .map(IncidentView::id)
                    .collect(Collectors.toSet());
            List<String> whole = new ArrayList<>(query);
            whole.addAll(List.of("limit", "1000"));
            List<UUID> inDatabase = list.page(parameters(whole), null).items().stream()
                    .map(IncidentView::id)
                    .toList();
            assertEquals(inMemory, new HashSet<>(inDatabase), "seed " + SEED + ": " + query);
            found += inDatabase.size();
        }
        assertTrue(found > 500, "found " + found);
    }

    private void send(int i) {
        String instance = "i-" + i % 7;
        String opened = at();
        String id = rule.alert(
                instance,
                opened,
                "alertName",
                one(NAMES),
                "triggerLevel",
                one(List.of("INFO", "WARN", "CRITICAL", "")),
                "regionId",
                one(List.of("cn-beijing", "cn-hangzhou", "")),
                "groupId",
                one(List.of("1", "2", "")),
                "instanceName",
                one(List.of("web-1", "数据库", "")),
                "customLabels",
                one(List.of("{team=web}", "{team=data base, tier=1}", "")));
        if (random.nextInt(4) == 0) {
            act(id);
        }
        if (random.nextInt(3) > 0) {
            rule.ok(instance, at());
        }
    }

    private static void act(String event) {
        String incident = given().get("/api/incidents/" + event)
                .then()
                .statusCode(200)
                .extract()
                .path("id");
        given().contentType("application/json")
                .body(Map.of("note", "seen by 张三"))
                .post("/api/incidents/" + incident + "/acknowledge")
                .then()
                .statusCode(200);
    }

    private static List<String> notes(IncidentView incident) {
        List<String> notes = given().get("/api/incidents/" + incident.id() + "/timeline")
                .then()
                .statusCode(200)
                .extract()
                .path("items.findAll { it.note != null }.note");
        return notes;
    }

    private List<String> query() {
        List<String> query = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            query.addAll(filter());
        }
        if (random.nextInt(3) == 0) {
            query.addAll(List.of("at", at()));
        } else if (random.nextInt(2) == 0) {
            query.addAll(List.of("since", BEGINNING.plusSeconds(60 * 100).toString()));
            query.addAll(List.of("until", BEGINNING.plusSeconds(60 * 400).toString()));
            query.addAll(List.of("time", one(List.of("opened", "resolved", "overlaps"))));
        }
        return query;
    }

    private List<String> filter() {
        List<List<String>> filters = List.of(
                List.of("status", one(List.of("open", "resolved"))),
                List.of("stale", one(List.of("true", "false"))),
                List.of("acknowledged", one(List.of("true", "false"))),
                List.of("alertName", one(NAMES)),
                List.of("alertName", one(List.of("*", "c*", "*高", "*i*_*", "Disk*", "磁盘***"))),
                List.of("level", one(List.of("INFO", "WARN", "CRITICAL"))),
                List.of("peakLevel", one(List.of("INFO", "WARN", "CRITICAL"))),
                List.of("regionId", one(List.of("cn-beijing", "cn-hangzhou", "nowhere"))),
                List.of("groupId", one(List.of("1", "2"))),
                List.of("instanceName", one(List.of("web-1", "数据库"))),
                List.of("dimensions.instanceId", "i-" + random.nextInt(8)),
                List.of("label.team", one(List.of("web", "data base"))),
                List.of("label.tier", "1"),
                List.of("q", one(List.of("cpu", "CPU 数据", "web", "张三", "SEEN i-3", "base", "1", "nowhere", "高"))));
        List<String> filter = new ArrayList<>(one(filters));
        if (random.nextInt(4) == 0) {
            filter.set(0, filter.get(0) + "!");
        }
        return filter;
    }

    private String at() {
        return BEGINNING.plusSeconds(60L * random.nextInt(MINUTES)).toString();
    }

    private <T> T one(List<T> choice) {
        return choice.get(random.nextInt(choice.size()));
    }

    private Parameters parameters(List<String> namesAndValues) {
        MultivaluedMap<String, String> values = new MultivaluedHashMap<>();
        values.add("ruleId", rule.id);
        for (int i = 0; i < namesAndValues.size(); i += 2) {
            values.add(namesAndValues.get(i), namesAndValues.get(i + 1));
        }
        return new Parameters(values);
    }
}
