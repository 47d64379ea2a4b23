package foldback.callback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import foldback.fold.Display;
import foldback.fold.Signal;
import foldback.fold.StreamKey.Rule;
import foldback.ledger.Reading;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the fields of one alert mean: its state, time, rule, account and display text. */
class AlertReaderTest {
    @TestFactory
    List<DynamicTest> states() {
        return List.of(
                state("ALERT", Signal.ALERT),
                state("ALARM", Signal.ALERT),
                state("Alarm", Signal.ALERT),
                state("alert", Signal.ALERT),
                state("+OK+", Signal.OK),
                state("oK", Signal.OK),
                state("INSUFFICIENT_DATA", Signal.INSUFFICIENT_DATA),
                state("insufficient_Data", Signal.INSUFFICIENT_DATA));
    }

    private static DynamicTest state(String word, Signal expected) {
        return dynamicTest(
                word,
                () -> assertEquals(
                        expected,
                        Bodies.reading("ruleId=r&alertState=" + word).said().signal()));
    }

    @Test
    void aLevelNeverDecidesTheState() {
        assertEquals(
                Signal.OK, read("alertState=OK&triggerLevel=CRITICAL").said().signal());
        assertEquals(
                Signal.ALERT, read("alertState=ALERT&triggerLevel=OK").said().signal());
    }

    @TestFactory
    List<DynamicTest> timestamps() {
        return List.of(
                timestamp("1508136760", "2017-10-16T06:52:40Z"),
                timestamp("1741054631386", "2025-03-04T02:17:11.386Z"),
                timestamp("+1741054631386+", "2025-03-04T02:17:11.386Z"),
                timestamp("9999999999", "2286-11-20T17:46:39Z"),
                timestamp("0000000000", "1970-01-01T00:00:00Z"),
                timestamp("", null),
                timestamp("null", null),
                timestamp("157145442000s", null),
                timestamp("150813676", null),
                timestamp("15081367600", null),
                timestamp("17410546313861", null),
                timestamp("-508136760", null),
                timestamp("1508136760.5", null),
                timestamp("1.50813676", null),
                timestamp("１５０８１３６７６０", null),
                timestamp("2017-10-16T06:52:40Z", null));
    }

    private static DynamicTest timestamp(String text, String expected) {
        return dynamicTest("'" + text + "'", () -> {
            Reading reading = read("alertState=OK&timestamp=" + text);
            assertEquals(
                    expected,
                    reading.statedAt() == null ? null : reading.statedAt().toString());
        });
    }

    @Test
    void theRuleIsItsIdElseItsNames() {
        assertEquals(
                new Rule.ById("r"),
                read("alertState=OK&alertName=a&metricName=m").stream().rule());
        assertEquals(
                new Rule.ByName("ns", "raw", "a"),
                rule("namespace=ns&metricProject=mp&rawMetricName=raw&metricName=m&alertName=a&ruleId=null"));
        assertEquals(new Rule.ByName("mp", "m", null), rule("metricProject=mp&metricName=m"));
        assertEquals(new Rule.ByName(null, null, "a"), rule("alertName=a&rawMetricName="));
    }

    private static Rule rule(String pairs) {
        return Bodies.reading("alertState=OK&" + pairs).stream().rule();
    }

    @Test
    void theAccountIsTakenFromTheDimensionsWhereTheyAgree() {
        assertEquals("7", user("[{\"userId\":7,\"a\":1},{\"userId\":\"7\",\"a\":2}]", ""));
        assertEquals("9", user("[{\"userId\":7}]", "&userId=9"));
        assertEquals("7", user("{userId=7, a=1}", "&userId=null"));
        assertNull(user("[{\"userId\":7},{\"userId\":8}]", ""));
        assertNull(user("[{\"userId\":7},{\"a\":8}]", ""));
        assertNull(user("[{\"a\":7},{\"userId\":8}]", ""));
        assertNull(user("{}", ""));
    }

    private static String user(String dimensions, String pairs) {
        return Bodies.readings("ruleId=r&alertState=OK&dimensions=" + dimensions + pairs).get(0).stream()
                .userId();
    }

    @Test
    void displayTextIsKeptAsItWasSent() {
        Reading reading = read("alertState=OK&alertName=a&namespace=ns&metricProject=mp&rawMetricName=raw&metricName=m"
                + "&instanceName=i&regionId=cn-beijing&regionName=%E5%8C%97%E4%BA%AC&groupId=1&productGroupName=p&unit=%25"
                + "&expression=$Average>=95&customLabels={team=db, tier=1}&curValue=+9.60+&transId=t-1&extra=x");
        Display expected = new Display(
                "a",
                "ns",
                "raw",
                "i",
                "cn-beijing",
                "北京",
                "1",
                "p",
                "%",
                "$Average>=95",
                new TreeMap<>(Map.of("team", "db", "tier", "1")));
        assertEquals(expected, reading.said().display());
        assertEquals("9.60", reading.said().curValue());
        assertEquals("t-1", reading.said().transId());
    }

    private static Reading read(String pairs) {
        return Bodies.reading("ruleId=r&" + pairs);
    }
}
