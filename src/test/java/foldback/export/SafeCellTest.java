package foldback.export;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a spreadsheet would run is text; a number stays one. */
class SafeCellTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "=HYPERLINK(\"http://example.com\")",
                "+cmd|' /C calc'!A0",
                "-2+3",
                "--5",
                "-5.3.1",
                "-",
                "+",
                "-1e",
                "@SUM(A1)",
                "\tx",
                "\rx",
                "-5\n",
                "-5 ",
                "-٣"
            })
    void aFormulaIsMadeHarmless(String text) {
        assertEquals("'" + text, SafeCell.of(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "-5.3",
                "+5",
                "-.5",
                "5.",
                "-1.5e-3",
                "-1E+10",
                "i-1",
                "a=b",
                "1=1",
                " =1",
                "'=1",
                "$Average>90",
                "[{\"a\":\"=1\"}]",
                "{}",
                "队列",
                "\n"
            })
    void allElseIsLeftAlone(String text) {
        assertEquals(text, SafeCell.of(text));
    }
}
