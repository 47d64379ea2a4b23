package foldback.callback;

import static foldback.fold.Level.CRITICAL;
import static foldback.fold.Level.INFO;
import static foldback.fold.Level.WARN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import foldback.fold.Level;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The level in force, the one before it, and the conditions inside of an expression that is JSON. */
class LevelsTest {
    private static final String WARN_CONDITION =
            "expression=[{\"expression\":\"$Average>90\",\"level\":3,\"times\":2}]";

    @TestFactory
    List<DynamicTest> levels() {
        return List.of(
                level("triggerLevel", "alertState=ALERT&triggerLevel=CRITICAL", CRITICAL),
                level("triggerLevel, odd case", "alertState=ALERT&triggerLevel=+Warn", WARN),
                level("triggerLevel as a number", "alertState=ALERT&triggerLevel=4", INFO),
                level("not on a recovery", "alertState=OK&triggerLevel=CRITICAL", null),
                level("not without data", "alertState=INSUFFICIENT_DATA&triggerLevel=CRITICAL", null),
                level("not an unknown word", "alertState=ALERT&triggerLevel=NODATA", null),
                level("never the level before", "alertState=ALERT&preTriggerLevel=WARN", null),
                level("of the expression", "alertState=ALERT&" + WARN_CONDITION, WARN),
                level(
                        "of the expression where triggerLevel is null",
                        "alertState=ALERT&triggerLevel=null&" + WARN_CONDITION,
                        WARN),
                level(
                        "not of the expression where triggerLevel is no level",
                        "alertState=ALERT&triggerLevel=OK&" + WARN_CONDITION,
                        null),
                level("not of the expression on a recovery", "alertState=OK&" + WARN_CONDITION, null),
                level("of one condition as an object", "alertState=ALERT&expression={\"level\":\"2\"}", CRITICAL),
                level("as a word inside of the expression", "alertState=ALERT&expression=[{\"level\":\"INFO\"}]", INFO),
                level("of equal conditions", "alertState=ALERT&expression=[{\"level\":2},{\"level\":2}]", CRITICAL),
                level("not of mixed conditions", "alertState=ALERT&expression=[{\"level\":2},{\"level\":3}]", null),
                level("not where one has none", "alertState=ALERT&expression=[{\"level\":2},{\"times\":3}]", null),
                level(
                        "not where the first has none",
                        "alertState=ALERT&expression=[{\"times\":3},{\"level\":2}]",
                        null),
                level("not of another number", "alertState=ALERT&expression=[{\"level\":5}]", null),
                level("not of broken JSON", "alertState=ALERT&expression=[{\"level\":2}", null),
                level("not of JSON with something behind it", "alertState=ALERT&expression=[{\"level\":2}]]", null),
                level("not of plain text", "alertState=ALERT&expression=$Average>=2", null));
    }

    private static DynamicTest level(String given, String pairs, Level expected) {
        return dynamicTest(
                given,
                () -> assertEquals(
                        expected, Bodies.reading("ruleId=r&" + pairs).said().level()));
    }

    @Test
    void theExpressionMayBeJsonWithinJson() {
        String body =
                "{\"ruleId\":\"r\",\"alertState\":\"ALERT\",\"expression\":[ {\"level\":4 , \"expression\":\"$a>1\"} ]}";
        assertEquals(INFO, Bodies.reading(body).said().level());
        assertEquals(
                "[{\"level\":4,\"expression\":\"$a>1\"}]",
                Bodies.reading(body).said().display().expression());
    }

    @TestFactory
    List<DynamicTest> previousLevels() {
        return List.of(
                previous("on a recovery", "alertState=OK&triggerLevel=OK&preTriggerLevel=CRITICAL", CRITICAL),
                previous("on an alert", "alertState=ALERT&preTriggerLevel=info", INFO),
                previous("the word null", "alertState=ALERT&preTriggerLevel=null", null),
                previous("no level", "alertState=ALERT&preTriggerLevel=OK", null),
                previous("damaged", "alertState=ALERT&preTriggerLevel=INFs", null));
    }

    private static DynamicTest previous(String given, String pairs, Level expected) {
        return dynamicTest(
                given,
                () -> assertEquals(
                        expected, Bodies.reading("ruleId=r&" + pairs).said().previousLevel()));
    }

    @TestFactory
    List<DynamicTest> conditions() {
        return List.of(
                conditions(
                        "[{\"expression\":\"$Average>90\",\"level\":4,\"times\":2}]",
                        new Condition("$Average>90", INFO, 2)),
                conditions("{\"expression\":\"$a<1\",\"times\":\"3\"}", new Condition("$a<1", null, 3)),
                conditions(
                        "[{\"level\":2.0,\"times\":1.5},{\"times\":12345678901,\"expression\":null}]",
                        new Condition(null, null, null),
                        new Condition(null, null, null)),
                conditions("[]"),
                conditions("[1]"),
                conditions("[{}"),
                conditions("{} {}"),
                conditions("{$Average>=80}"),
                conditions("$Average >= 80"),
                conditions(""),
                conditions(null));
    }

    private static DynamicTest conditions(String expression, Condition... expected) {
        return dynamicTest("'" + expression + "'", () -> assertEquals(List.of(expected), Conditions.of(expression)));
    }
}
