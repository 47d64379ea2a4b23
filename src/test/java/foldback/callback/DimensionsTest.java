package foldback.callback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Dimensions and labels: given the text, then the objects, shown as the maps that they are. */
class DimensionsTest {
    @TestFactory
    Stream<DynamicTest> mapToString() {
        return Stream.of(
                row("one pair", "{a=1}", "[{a=1}]"),
                row("several, sorted", "{userId=1, device=/dev/vda1, b=2}", "[{b=2, device=/dev/vda1, userId=1}]"),
                row("a stray bracket", "{userId=12****), instanceId=i}", "[{instanceId=i, userId=12****)}]"),
                row("a comma without a space", "{a=1,b=2}", "[{a=1,b=2}]"),
                row("= within a value", "{a=-Dx=1 -Dy=2, b=3}", "[{a=-Dx=1 -Dy=2, b=3}]"),
                row("braces within a value", "{a={y}, b={}}", "[{a={y}, b={}}]"),
                row("a comma that no key follows", "{a=x, y, z=1}", "[{a=x, y, z=1}]", 2),
                row(
                        "a comma before what is no identifier",
                        "{a=x, -y=1, 2=3, http://h=4}",
                        "[{a=x, -y=1, 2=3, http://h=4}]",
                        1),
                row("a comma at the end", "{a=x, }", "[{a=x,}]"),
                row("keys with digits, dots and hyphens", "{a=1, b_2.c-d=2}", "[{a=1, b_2.c-d=2}]", 2),
                row("keys of another script", "{a=1, 团队=平台}", "[{a=1, 团队=平台}]", 2),
                row("blanks around", " { a = 1 ,  b=2 } ", "[{a=1 ,  b=2}]", 1),
                row("absent values are left out", "{a=null, b=, c= , d=1}", "[{d=1}]"),
                row("the first of a repeated key", "{a=1, a=2}", "[{a=1}]"),
                row("the first of a repeated key, also absent", "{a=null, a=2}", "[{}]"),
                row("nothing", "{}", "[{}]"),
                row("blank", "{ \t}", "[{}]"));
    }

    @TestFactory
    Stream<DynamicTest> json() {
        return Stream.of(
                json("an object", "{\"a\":\"1\"}", "[{a=1}]"),
                json("an array", "[{\"a\":\"1\"},{\"a\":\"2\"}]", "[{a=1}, {a=2}]"),
                json("numbers as their literal", "{\"a\":1.0e3,\"b\":-0}", "[{a=1.0e3, b=-0}]"),
                json(
                        "what is nested, compact",
                        "{ \"a\" : [1, {\"b\" : \"c\"}], \"d\":{} }",
                        "[{a=[1,{\"b\":\"c\"}], d={}}]"),
                json("booleans", "{\"a\":true}", "[{a=true}]"),
                json("absent values are left out", "{\"a\":null,\"b\":\"\",\"c\":\"null\",\"d\":\" x \"}", "[{d=x}]"),
                json("the first of a repeated key", "{\"a\":null,\"a\":2,\"b\":1,\"b\":2}", "[{b=1}]"),
                json("U+0000 and lone surrogates", "{\"\\u0000\":\"\\ud800\"}", "[{\uFFFD=\uFFFD}]"),
                json("blanks", " [ { \"a\" : 1 } , { } ] ", "[{a=1}, {}]"),
                json("no objects", "[]", "[{}]"),
                json("an empty object", "[{}]", "[{}]"),
                json("null", "null", "[{}]"),
                row("empty", "", "[{}]"));
    }

    /** Also as it stands, not as text within the JSON. */
    private static DynamicTest json(String given, String text, String expected) {
        return dynamicTest(given, () -> {
            assertEquals(expected, read(text).toString());
            assertEquals(expected, streams(json(text)).toString());
        });
    }

    private static DynamicTest row(String given, String text, String expected) {
        return dynamicTest(given, () -> assertEquals(expected, read(text).toString()));
    }

    private static DynamicTest row(String given, String text, String expected, int pairs) {
        return dynamicTest(given, () -> {
            assertEquals(expected, read(text).toString());
            assertEquals(pairs, Dimensions.read(Text.value(text)).get(0).size());
        });
    }

    /** In a form and as text in JSON: always the same. */
    private static List<?> read(String text) {
        List<?> inForm = streams("ruleId=r&alertState=OK&dimensions=" + escaped(text));
        assertEquals(inForm, streams(json("\"" + quoted(text) + "\"")));
        return inForm;
    }

    private static String json(String dimensions) {
        return "{\"ruleId\":\"r\",\"alertState\":\"OK\",\"dimensions\":" + dimensions + "}";
    }

    private static List<?> streams(String body) {
        return Bodies.readings(body).stream()
                .map(reading -> reading.stream().dimensions())
                .toList();
    }

    private static String escaped(String text) {
        return text.replace("%", "%25").replace("&", "%26").replace("+", "%2B");
    }

    private static String quoted(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\t", "\\t");
    }

    @TestFactory
    Stream<DynamicTest> unreadable() {
        return Stream.of(
                        "i-1",
                        "a=1, b=2",
                        "5",
                        "true",
                        "{a}",
                        "{a=1",
                        "a=1}",
                        "{a=1, b=2]",
                        "{\"a\":1",
                        "{\"a\":1}}",
                        "{\"a\":1} x",
                        "{\"a\":01}",
                        "[",
                        "[{}",
                        "[{}]]",
                        "[1]",
                        "[null]",
                        "[[]]",
                        "[\"{a=1}\"]",
                        "[{\"a\":1},2]",
                        "\"{}\"")
                .map(text -> dynamicTest(text, () -> {
                    CallbackReading.Unreadable unreadable =
                            Bodies.unreadable("ruleId=r&alertState=OK&dimensions=" + escaped(text));
                    assertEquals("dimensions", unreadable.field());
                    assertEquals(true, unreadable.reason().contains(Text.quote(text)), unreadable.reason());
                }));
    }

    @TestFactory
    Stream<DynamicTest> labels() {
        return Stream.of(
                labels("{team=db, runbook=https://w/?id=7&tab=2}", "{runbook=https://w/?id=7&tab=2, team=db}"),
                labels("{\"team\":\"db\",\"tier\":1,\"x\":null}", "{team=db, tier=1}"),
                labels("{}", "{}"),
                labels("null", "{}"),
                labels("team=db", "{}"),
                labels("{\"team\":", "{}"),
                labels("[{\"team\":1}]", "{}"));
    }

    private static DynamicTest labels(String text, String expected) {
        return dynamicTest(
                text,
                () -> assertEquals(
                        expected,
                        Bodies.reading("ruleId=r&alertState=OK&customLabels=" + escaped(text))
                                .said()
                                .display()
                                .labels()
                                .toString()));
    }

    @Test
    void dimensionsThatAreAbsentAreTheAccountItself() {
        assertEquals(
                "{}",
                Bodies.reading("ruleId=r&alertState=OK").stream().dimensions().toString());
        assertNotNull(Dimensions.read(null));
    }
}
