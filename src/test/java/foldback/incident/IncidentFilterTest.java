package foldback.incident;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.listing.Condition;
import foldback.listing.Facet;
import foldback.listing.Parameters;
import foldback.problem.ProblemException;
import foldback.problem.Query;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parameters become conditions, or are refused under their name. */
class IncidentFilterTest {
    private static final Instant ASKED = Instant.parse("2025-03-04T00:00:00Z");

    @Test
    void nothingAskedIsNothingDemanded() {
        assertEquals("true", sql());
    }

    @Test
    void filtersAreEqualThatWereReadFromTheSame() {
        IncidentFilter filter = filter(ASKED, "level", "WARN", "level", "INFO", "groupId!", "7");
        assertEquals(filter, filter(ASKED, "groupId!", "7", "level", "WARN", "level", "INFO"));
        assertNotEquals(filter, filter(ASKED, "level", "WARN", "groupId!", "7"));
        assertNotEquals(filter, filter(ASKED, "level", "WARN", "level", "INFO", "groupId", "7"));
        assertNotEquals(filter, filter(ASKED.plusNanos(1000), "level", "WARN", "level", "INFO", "groupId!", "7"));
    }

    @Test
    void valuesAreOrFiltersAreAnd() {
        assertEquals(
                "i.level = any(cast(cast(:p0 as text[]) as level[]))\n  and i.peak_level = any(cast(cast(:p1 as text[]) as level[]))",
                sql("level", "WARN", "level", "CRITICAL", "peakLevel", "INFO"));
    }

    @Test
    void excludingTakesInWhatHasNoValue() {
        assertEquals("(i.group_id = any(cast(:p0 as text[]))) is not true", sql("groupId!", "7"));
    }

    @Test
    void whatTheStreamKnowsIsAskedOfTheStream() {
        assertEquals(
                "i.stream_id in (select s.stream_id from streams s where (s.rule_id = any(cast(:p0 as text[]))) is not true)",
                sql("ruleId!", "r"));
    }

    @Test
    void whatAnIncidentIsCalledIsLookedUpAtItsStream() {
        assertEquals(
                "(i.region_id = any(cast(:p0 as text[])) and i.stream_id in (select s.stream_id from streams s where (s.terms && cast(:p1 as text[]) or s.terms is null)))",
                sql("regionId", "cn-hangzhou"));
    }

    @Test
    void aWildcardIsTheOnlyOne() {
        Condition condition = Facet.pattern("n").condition("alertName", List.of("50%_*\\"), false);
        assertEquals("n like any(cast(? as text[]))", condition.sql());
        assertEquals("50\\%\\_%\\\\", ((String[]) condition.values().get(0))[0]);
    }

    @Test
    void anEntryIsAJsonObjectWhateverItsKey() {
        Condition condition = Facet.entry("d", "a\"b").condition("dimensions.a\"b", List.of("c\\d"), false);
        assertEquals("{\"a\\\"b\":\"c\\\\d\"}", ((String[]) condition.values().get(0))[0]);
    }

    @Test
    void everyFilterOfTheResourceIsOneHere() throws NoSuchMethodException {
        Query query = IncidentResource.class
                .getMethod("list", UriInfo.class)
                .getAnnotation(IncidentQuery.class)
                .annotationType()
                .getAnnotation(Query.class);
        for (String name : query.filters()) {
            String concrete = name.replace("*", "k");
            boolean truth = List.of("stale", "acknowledged").contains(name);
            String value = truth ? "true" : name.equals("status") ? "open" : "CRITICAL";
            assertFalse(sql(concrete, value).equals("true"), name);
            assertTrue(sql(concrete + "!", value).contains("is not true"), name);
            assertNotNull(IncidentValues.of(concrete), name);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "status; closed; status",
                "status!; closed; status!",
                "stale; yes; stale",
                "acknowledged; 1; acknowledged",
                "level; critical; level",
                "peakLevel; 2; peakLevel",
                "time; closed; time",
                "since; yesterday; since",
                "until; 2025-03-04; until",
                "at; 2025-03-04T00:00:00; at",
                "at; +99999-01-01T00:00:00Z; at",
                "at; 2025-02-30T00:00:00Z; at",
                "q; ' '; q",
                "q!; '　'; q!",
                "q; a a a a a a a a a a a a a a a a a a a a a; q"
            })
    void whatMakesNoSenseIsRefusedUnderItsName(String name, String value, String field) {
        ProblemException refused = assertThrows(ProblemException.class, () -> sql(name, value));
        assertEquals(400, refused.problem().status());
        assertEquals(field, refused.problem().errors().get(0).field());
    }

    @Test
    void anEmptyRangeOfTimeIsRefused() {
        ProblemException refused = assertThrows(
                ProblemException.class, () -> sql("since", "2025-03-04T00:00:00Z", "until", "2025-03-04T00:00:00Z"));
        assertEquals("since", refused.problem().errors().get(0).field());
    }

    @Test
    void anOffsetMayComeUnescaped() {
        MultivaluedMap<String, String> values = new MultivaluedHashMap<>();
        values.add("since", "2025-03-04T08:00:00 08:00");
        assertEquals(Instant.parse("2025-03-04T00:00:00Z"), new Parameters(values).instant("since"));
    }

    private static String sql(String... namesAndValues) {
        return filter(ASKED, namesAndValues).where().sql();
    }

    private static IncidentFilter filter(Instant asked, String... namesAndValues) {
        MultivaluedMap<String, String> values = new MultivaluedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return IncidentFilter.of(new Parameters(values), asked, Duration.ofHours(25));
    }
}
