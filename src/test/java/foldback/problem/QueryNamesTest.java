package foldback.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.ws.rs.QueryParam;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryNamesTest {
    interface Resource {
        @Query(
                single = {"since", "at"},
                filters = {"status", "dimensions.*"})
        void list(
                @QueryParam("limit") int limit, @QueryParam("sort") String sort, @QueryParam("tag") List<String> tags);
    }

    @Query(single = "cursor", filters = "level")
    @Retention(RetentionPolicy.RUNTIME)
    @interface Shared {}

    interface Sharing {
        @Shared
        void list(@QueryParam("limit") int limit);
    }

    private final QueryNames names =
            QueryNames.of(Resource.class.getDeclaredMethod("list", int.class, String.class, List.class));

    QueryNamesTest() throws NoSuchMethodException {}

    @ParameterizedTest
    @CsvSource({
        "limit, 1, ok",
        "sort, 1, ok",
        "since, 1, ok",
        "tag, 3, ok",
        "status, 3, ok",
        "status!, 2, ok",
        "dimensions.instanceId, 2, ok",
        "dimensions.instanceId!, 2, ok",
        "dimensions., 1, unknown-parameter",
        "dimension.instanceId, 1, unknown-parameter",
        "Status, 1, unknown-parameter",
        "limit!, 1, unknown-parameter",
        "limit, 2, repeated-parameter",
        "since, 2, repeated-parameter",
        "sort, 2, repeated-parameter"
    })
    void eachNameIsKnownOrNotAndTakenOnceOrOften(String name, int times, String expected) {
        String answer = names.refuse(Map.of(name, List.of("x")))
                .or(() -> names.refuse(Map.of(name, Collections.nCopies(times, "x"))))
                .map(problem -> problem.refusal().slug())
                .orElse("ok");
        assertEquals(expected, answer);
    }

    @Test
    void whatMethodsShareIsKnownToo() throws NoSuchMethodException {
        QueryNames shared = QueryNames.of(Sharing.class.getDeclaredMethod("list", int.class));
        assertEquals(Set.of("limit", "cursor"), shared.single());
        assertEquals(Set.of("level", "level!"), shared.repeatable());
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit", "since", "tag", "status!", "dimensions.instanceId"})
    void noneIsTakenWithoutAValue(String name) {
        Problem problem = names.refuse(Map.of(name, List.of(""))).orElseThrow();
        assertEquals(Refusal.INVALID_PARAMETER, problem.refusal());
        assertEquals(List.of(new Problem.FieldError(name, "should not be empty")), problem.errors());
    }

    @Test
    void allUnknownOnesAreNamed() {
        Problem problem = names.refuse(Map.of("stauts", List.of("open"), "Limit", List.of("1"), "at", List.of("x")))
                .orElseThrow();
        assertEquals("Not known here: Limit, stauts.", problem.detail());
        assertEquals(2, problem.errors().size());
    }
}
