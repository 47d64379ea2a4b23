package foldback.incident;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.listing.Page;
import foldback.listing.Parameters;
import foldback.listing.Snapshot;
import foldback.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is found in streams that are given is what is found along the key. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class ByStreamsIT {
    private static final Instant BEGINNING = Instant.parse("2025-03-04T00:00:00Z");
    private static final int STREAMS = 12;
    private static final int A_FEW = 7;

    private static final List<String> FILTERS = List.of(
            "",
            "&level=CRITICAL",
            "&status=open",
            "&status!=open&regionId=cn-beijing",
            "&alertName=*率过高",
            "&alertName!=磁盘*",
            "&regionId=cn-beijing&regionId=cn-hangzhou",
            "&label.team=a",
            "&label.team!=a",
            "&q=使用率 team",
            "&q=磁盘&q=nowhere",
            "&dimensions.instanceId!=i-3",
            "&since=2025-03-04T00:20:00Z&until=2025-03-04T01:00:00Z",
            "&time=resolved&since=2025-03-04T00:20:00Z",
            "&time=overlaps&until=2025-03-04T00:30:00Z");

    @Inject
    Snapshot snapshot;

    @Inject
    Clock clock;

    @Inject
    IncidentConfig config;

    private final Rule rule = new Rule();

    private void send() {
        for (int n = 0; n < 4 * STREAMS; n++) {
            String instance = "i-" + n % STREAMS;
            Instant at = BEGINNING.plusSeconds(120L * n);
            String name = n % 3 == 0 ? "磁盘空间不足" : "ECS_内存使用率过高";
            String region = n % 5 == 0 ? "cn-beijing" : "cn-hangzhou";
            String labels = n % 2 == 0 ? "{team=a}" : "{team=b}";
            String level = n % 4 == 0 ? "CRITICAL" : "WARN";
            rule.alert(
                    instance,
                    at.toString(),
                    "alertName",
                    name,
                    "regionId",
                    region,
                    "customLabels",
                    labels,
                    "triggerLevel",
                    level);
            if (n % 7 != 0) {
                rule.ok(instance, at.plusSeconds(60).toString(), "alertName", name, "customLabels", labels);
            }
        }
    }

    @Test
    void everyPageIsTheSame() {
        send();
        int incidents = ids(list(0), "ruleId=" + rule.id, 1000).size();
        assertTrue(incidents > 3 * STREAMS, () -> "incidents: " + incidents);
        for (String filter : FILTERS) {
            for (String sort : List.of("openedAt", "-resolvedAt", "-duration")) {
                String query = "ruleId=" + rule.id + "&sort=" + sort + filter;
                List<UUID> byStreams = ids(list(ByStreams.MOST_STREAMS), query, 1000);
                assertEquals(byStreams, ids(list(0), query, A_FEW), query);
            }
        }
    }

    private IncidentList list(int mostStreams) {
        return new IncidentList(snapshot, clock, config, new AsOfList(config), mostStreams);
    }

    /** Of all pages. */
    private static List<UUID> ids(IncidentList list, String query, int limit) {
        List<UUID> ids = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            Page<IncidentView> page = list.page(parameters(query + "&limit=" + limit + cursor), null);
            page.items().forEach(incident -> ids.add(incident.id()));
            cursor = page.next() == null ? null : "&cursor=" + page.next();
        }
        return ids;
    }

    private static Parameters parameters(String query) {
        MultivaluedMap<String, String> values = new MultivaluedHashMap<>();
        for (String parameter : query.split("&", -1)) {
            int equals = parameter.indexOf('=');
            values.add(parameter.substring(0, equals), parameter.substring(equals + 1));
        }
        return new Parameters(values);
    }
}
