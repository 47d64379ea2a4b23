package foldback.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is tried again, what goes to the spool, what is answered 503, and what is nobody's but the data's fault. */
class SqlFailureTest {
    @ParameterizedTest
    @CsvSource({
        "08001, AWAY",
        "08006, AWAY",
        "53300, AWAY",
        "57014, TOO_SLOW",
        "57P01, AWAY",
        "57P03, AWAY",
        "99999, AWAY",
        "'', AWAY",
        "40001, COLLISION",
        "40P01, COLLISION",
        "55P03, LOCKED_OUT",
        "22021, DATA",
        "23514, DATA",
        "54000, DATA",
        "28P01, UNFIT",
        "3D000, UNFIT",
        "42501, UNFIT",
        "42P01, UNFIT",
        "55000, UNFIT",
        "XX000, UNFIT",
        "0800, UNFIT"
    })
    void theStateTells(String state, SqlFailure failure) {
        assertEquals(failure, of(state));
    }

    @Test
    void thePoolKnowsNoStates() {
        assertEquals(SqlFailure.AWAY, of(null));
    }

    private static SqlFailure of(@Nullable String state) {
        return SqlFailure.of(new SQLException("expected in this test", state));
    }
}
