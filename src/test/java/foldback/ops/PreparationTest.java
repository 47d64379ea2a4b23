package foldback.ops;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A database that is away when the service begins is waited for; one that cannot be used ends the service. */
class PreparationTest {
    @ParameterizedTest
    @ValueSource(strings = {"08001", "08006", "53300", "57P03", "99999"})
    @NullSource
    void whatIsAwayIsWaitedFor(@Nullable String state) {
        assertTrue(Preparation.isAway(new SQLException("expected in this test", state)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"28P01", "3D000", "42501", "57014"})
    void whatCannotBeUsedIsNot(String state) {
        assertFalse(Preparation.isAway(new SQLException("expected in this test", state)));
    }
}
