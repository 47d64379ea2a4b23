package foldback.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries that the server would read otherwise than they were sent. */
class QueryTextTest {
    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                "status=open",
                "label.env=a&label.env=A",
                "label.env=a&label.env!=b",
                "&&",
                "=",
                "q=%3B%26",
                "%E9%98%9F=1&%E5%88%97=2",
                "dimensions.%C3%84=1&dimensions.%C3%A4=2"
            })
    void whatIsReadAsItWasSentIsFine(@Nullable String query) {
        assertEquals(Optional.empty(), QueryText.refuse(query));
    }

    @Test
    void namesThatDifferInCaseOnlyWouldBeOne() {
        refused("label.env=a&label.Env=b", "label.env, label.Env");
        refused("label.%65nv=a&x=1&label.Env=b", "label.env, label.Env");
    }

    @Test
    void semicolonsWouldPartParametersAndNumberSignsEndThem() {
        refused("q=a;b", "%3B");
        refused("status=open#&level=WARN", "%23");
    }

    @Test
    void moreThanTheServerReadsWouldBeForgotten() {
        assertEquals(Optional.empty(), QueryText.refuse("userId=1" + "&userId=2".repeat(1023)));
        refused("userId=1" + "&userId=2".repeat(1024), "1024");
    }

    private static void refused(String query, String reason) {
        Problem problem = QueryText.refuse(query).orElseThrow();
        assertTrue(problem.detail().contains(reason), problem::detail);
        assertEquals(400, problem.status());
    }
}
