package foldback.callback;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import foldback.callback.CallbackReading.Read;
import foldback.ledger.Reading;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** JSON, which relays and tutorials send: given an object's members, then {@code curValue}. */
class JsonReadingTest {
    @TestFactory
    List<DynamicTest> curValueIsRead() {
        return List.of(
                row("text", "\"curValue\":\"9.6\"", "9.6"),
                row("text among blanks", "\"curValue\":\"95 \"", "95"),
                row("the key of the 2018 sample", "\"Curvalue\":\"95 \"", "95"),
                row("a key among blanks", "\" curValue\\n\":\"95\"", "95"),
                row("an escaped key", "\"cur\\u0056alue\":\"95\"", "95"),
                row("a number as its literal", "\"curValue\":1.0e3", "1.0e3"),
                row("a number with zeros at its end", "\"curValue\":12.50", "12.50"),
                row("minus nothing", "\"curValue\":-0", "-0"),
                row("a number that no type holds", "\"curValue\":1E999999999", "1E999999999"),
                row("a number of very many digits", "\"curValue\":" + "7".repeat(5000), "7".repeat(5000)),
                row("a boolean", "\"curValue\":true", "true"),
                row(
                        "an array, compact",
                        "\"curValue\":[ 1.0, {\"a\" : null} ,\"b\\n\" ]",
                        "[1.0,{\"a\":null},\"b\\n\"]"),
                row("null", "\"curValue\":null", null),
                row("the word null", "\"curValue\":\"null\"", null),
                row("blank", "\"curValue\":\" \\t\"", null),
                row("the first value of a repeated key", "\"curValue\":1,\"curValue\":2", "1"),
                row("the first value of a repeated key, also null", "\"curValue\":null,\"curValue\":2", null),
                row("the exact key before another case", "\"CURVALUE\":1,\"curValue\":2", "2"),
                row("escapes", "\"curValue\":\"\\u5206\\/\\ud83d\\udd25\"", "分/🔥"),
                row("a lone surrogate", "\"curValue\":\"a\\ud83db\\udd25\"", "a\uFFFDb\uFFFD"),
                row("U+0000 escaped", "\"curValue\":\"a\\u0000\"", "a\uFFFD"),
                row("U+0000 raw, in text", "\"curValue\":\"a\0\"", "a\uFFFD"),
                row("U+0000 within what is nested", "\"curValue\":[\"\\u0000\\udd25\"]", "[\"\uFFFD\uFFFD\"]"),
                row("a relay's double escape stays", "\"curValue\":\"\\\\u4f7f\"", "\\u4f7f"),
                row("behind nested fields that nobody knows", "\"x\":{\"curValue\":1,\"y\":[[]]},\"curValue\":2", "2"));
    }

    private static DynamicTest row(String given, String members, String expected) {
        String body = "{\"ruleId\":\"r\",\"alertState\":\"OK\"," + members + "}";
        return dynamicTest(
                given, () -> assertEquals(expected, Bodies.reading(body).said().curValue()));
    }

    @TestFactory
    List<DynamicTest> blanksAndMarksAroundTheBodyDoNotMatter() {
        String object = "{\"ruleId\":\"r\",\"alertState\":\"OK\"}";
        return List.of("%s", "\uFEFF%s", "\n\t %s \r\n", "\r\n\uFEFF %s\n", "[%s]", "\uFEFF\n[ %s\t]\n").stream()
                .map(around -> dynamicTest(around, () -> Bodies.reading(around.formatted(object))))
                .toList();
    }

    @Test
    void invalidUtf8ReadsAsReplacementCharacters() {
        byte[] body =
                Bodies.raw("{\"ruleId\":\"a\u00ED\u00A0\u0080b\u00E5\",\"alertState\":\"OK\",\"curValue\":\"\u00FF\"}");
        Reading reading = Bodies.reading(body);
        assertEquals("\uFFFD", reading.said().curValue());
        assertEquals("ById[ruleId=a\uFFFDb\uFFFD]", reading.stream().rule().toString());
    }

    @Test
    void anArrayIsReadElementByElementAndEachKeepsItsBytes() {
        String first = "{ \"alertState\" : \"ALERT\",\"ruleId\":\"]}\\\"\",\"dimensions\":[{\"a\":1},{\"a\":2}] }";
        String second = "{\"alertState\":\"OK\",\"ruleId\":\"r-2\",\"x\":[[{}]]}";
        Read read = assertInstanceOf(
                Read.class, CallbackReader.read(Bodies.bytes("\uFEFF [" + first + " ,\n" + second + "] ")));
        assertEquals(2, read.parts().size());
        assertArrayEquals(Bodies.bytes(first), read.parts().get(0));
        assertArrayEquals(Bodies.bytes(second), read.parts().get(1));
        assertEquals(
                List.of(0, 0, 1), read.readings().stream().map(Reading::part).toList());
    }

    @Test
    void theTimestampMayBeANumber() {
        String seconds = "{\"ruleId\":\"r\",\"alertState\":\"OK\",\"timestamp\":1508136760}";
        String scientific = "{\"ruleId\":\"r\",\"alertState\":\"OK\",\"timestamp\":1.508136760e9}";
        assertEquals(
                "2017-10-16T06:52:40Z", String.valueOf(Bodies.reading(seconds).statedAt()));
        assertNull(Bodies.reading(scientific).statedAt());
    }
}
