package foldback.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.incident.IncidentFilter;
import foldback.listing.Parameters;
import foldback.listing.Snapshot;
import foldback.listing.Where;
import foldback.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The incidents before and after one are the same, whichever way they are found. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class NeighbourSearchIT {
    private static final Instant NOW = Instant.parse("2025-01-15T00:00:00Z");

    private static final String FOUND = """
            select concat_ws(' ', m.k1, m.lasted, m.after_previous, m.fires_again) from (%s) m
            order by m.k1, m.lasted, m.after_previous nulls first, m.fires_again nulls first
            """;

    @Inject
    Snapshot snapshot;

    @Test
    void lookedUpOrWalkedBy() {
        Outages outages = new Outages(20240301);
        outages.send(40);
        for (Map<String, String> filter : List.of(
                Map.of("userId", outages.userId),
                Map.of("userId", outages.userId, "level", "WARN"),
                Map.of("userId", outages.userId, "since", "2024-03-01T00:00:00Z", "until", "2024-10-20T00:00:00Z"),
                Map.of("userId", outages.userId, "status", "open"))) {
            List<String> lookedUp = found(filter, NeighbourSearch.LOOKED_UP);
            assertTrue(lookedUp.size() > 2, filter + " finds " + lookedUp.size());
            assertEquals(lookedUp, found(filter, NeighbourSearch.WALKED), filter.toString());
        }
    }

    private List<String> found(Map<String, String> filter, NeighbourSearch neighbours) {
        MultivaluedMap<String, String> parameters = new MultivaluedHashMap<>(filter);
        Where where = IncidentFilter.of(new Parameters(parameters), NOW, Duration.ofHours(25))
                .where();
        parameters.putSingle("groupBy", "alertName");
        List<GroupKey> keys = GroupKey.of(new Parameters(parameters));
        String measured = FactsSql.measured(keys, Cohort.OPENED, where.sql(), neighbours, false);
        return snapshot.ask(session -> where.bind(session.createNativeQuery(FOUND.formatted(measured), String.class))
                .setParameter("now", NOW.toString())
                .list());
    }
}
