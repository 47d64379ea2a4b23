package foldback.callback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import foldback.callback.CallbackReading.Kind;
import foldback.callback.CallbackReading.NoAlert;
import foldback.callback.CallbackReading.Unreadable;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Bodies that go to quarantine: given a body, then what is wrong with it. */
class NotReadTest {
    private static final String OK = "{\"ruleId\":\"r\",\"alertState\":\"OK\"}";

    @TestFactory
    Stream<DynamicTest> otherMessages() {
        return Stream.of(
                        "{\"msgtype\":\"text\",\"text\":{\"content\":\"ALERT alertState=OK\"}}",
                        "{\"message\":\"x\",\"curLevel\":\"WARN\",\"preLevel\":\"OK\",\"lastTime\":120000,\"metricData\":{}}",
                        "{\"alert\":{\"alertStatus\":\"TRIGGERED\",\"eventName\":\"x\"},\"strategyName\":\"s\",\"batchId\":\"b\"}",
                        "{\"eventTime\":\"20201216T160841.792+0800\",\"product\":null}",
                        "{\"ruleId\":\"r\",\"alertState\":null}",
                        "{\"ruleId\":\"r\",\"alertState\":\"\"}",
                        "[" + OK + ",{\"ruleId\":\"r\"}]",
                        "{}",
                        "[{}]",
                        "ruleId=r&alertState=null",
                        "hello=world",
                        "=",
                        "<html lang=\"en\">")
                .map(body -> dynamicTest(body, () -> {
                    NoAlert noAlert = Bodies.noAlert(body);
                    assertEquals(Kind.OTHER, noAlert.kind());
                    assertEquals("alertState", noAlert.field());
                }));
    }

    @Test
    void aSystemEventIsRecognised() {
        NoAlert event = Bodies.noAlert(
                "{\"product\":\"cfw\",\"name\":\"BandwidthExceeded\",\"level\":\"WARN\",\"eventTime\":\"20201216T160841.792+0800\"}");
        assertEquals(Kind.EVENT, event.kind());
        assertEquals(
                "The message is a system event 'BandwidthExceeded' of product 'cfw' and no threshold alert: it has no alertState.",
                event.reason());
        assertEquals(
                Kind.EVENT,
                Bodies.noAlert("{\"resourceId\":\"acs:x\",\"eventTime\":1}").kind());
    }

    @TestFactory
    Stream<DynamicTest> neitherJsonNorForm() {
        String deep = "[".repeat(100_000);
        String nested = "{\"ruleId\":\"r\",\"alertState\":\"OK\",\"x\":" + "[".repeat(501) + "]".repeat(501) + "}";
        return Stream.of(
                unread("", "The body is empty."),
                unread(" \r\n\t", "The body is empty."),
                unread("\uFEFF", "The body is empty."),
                unread("hello", "The body is neither JSON nor a form of name=value pairs: 'hello'."),
                unread("\"a\"", "The body is neither JSON nor a form of name=value pairs: '\"a\"'."),
                unread("123", "The body is neither JSON nor a form of name=value pairs: '123'."),
                unread("a&b", "The body is neither JSON nor a form of name=value pairs: 'a&b'."),
                unread("[]", "The body is an empty JSON array."),
                unread("\uFEFF[ ]\n", "The body is an empty JSON array."),
                unread("[1]", "Element 1 of the JSON array is not an object."),
                unread("[null]", "Element 1 of the JSON array is not an object."),
                unread("[" + OK + ",[" + OK + "]]", "Element 2 of the JSON array is not an object."),
                unread("{", "The JSON ends before it is complete."),
                unread("{\"alertState\":\"OK", "The JSON ends before it is complete."),
                unread("{\"alertState\":\"OK\"", "The JSON ends before it is complete."),
                unread("[" + OK, "The JSON ends before it is complete."),
                unread("[" + OK + ",", "The body begins like JSON but is broken after"),
                unread(OK + OK, "The body goes on after the end of its JSON."),
                unread(OK + " 1", "The body goes on after the end of its JSON."),
                unread(OK.replace("{", "[{") + "]]", "The body begins like JSON but is broken after"),
                unread(OK + ",", "The body begins like JSON but is broken after"),
                unread(OK + "\0", "The body begins like JSON but is broken after"),
                unread("{alertState:\"OK\"}", "The body begins like JSON but is broken after"),
                unread("{'alertState':'OK'}", "The body begins like JSON but is broken after"),
                unread("{\"alertState\":\"OK\",}", "The body begins like JSON but is broken after"),
                unread("{\"alertState\":OK}", "The body begins like JSON but is broken after"),
                unread("{\"alertState\":\"O\nK\"}", "The body begins like JSON but is broken after"),
                unread("{\"curValue\":NaN}", "The body begins like JSON but is broken after"),
                unread("{\"curValue\":01}", "The body begins like JSON but is broken after"),
                unread("{a=1}", "The body begins like JSON but is broken after"),
                unread(deep, "Element 1 of the JSON array is not an object."),
                unread("{\"x\":" + deep, "The JSON is nested deeper than 500 levels."),
                unread(nested, "The JSON is nested deeper than 500 levels."));
    }

    private static DynamicTest unread(String body, String reason) {
        String name = body.substring(0, Math.min(60, body.length()));
        return dynamicTest("'" + name + "'", () -> {
            Unreadable unreadable = Bodies.unreadable(body);
            assertEquals(Kind.INVALID, unreadable.kind());
            assertNull(unreadable.field());
            assertTrue(unreadable.reason().startsWith(reason), unreadable.reason());
        });
    }

    @TestFactory
    List<DynamicTest> fieldsAtFault() {
        return List.of(
                fault("ruleId=r&alertState=NO_DATA", "alertState", "alertState is 'NO_DATA', which is none of"),
                fault("alertState=ALERTED", "alertState", "alertState is 'ALERTED', which is none of"),
                fault("{\"alertState\":[true]}", "alertState", "alertState is '[true]', which is none of"),
                fault("alertState=OK", "ruleId", "The alert names no rule: ruleId, alertName and metricName are"),
                fault("alertState=OK&alertName=null&namespace=n", "ruleId", "The alert names no rule"),
                fault("alertState=OK&ruleId=r&dimensions=i-1", "dimensions", "dimensions are 'i-1', which is neither"),
                fault("[" + OK + ",{\"alertState\":\"x\"}]", "alertState", "Alert 2 of 2: alertState is 'x'"),
                fault("[{},{\"alertState\":\"x\"}]", "alertState", "Alert 2 of 2: alertState is 'x'"));
    }

    private static DynamicTest fault(String body, String field, String reason) {
        return dynamicTest(body, () -> {
            Unreadable unreadable = Bodies.unreadable(body);
            assertEquals(field, unreadable.field());
            assertTrue(unreadable.reason().startsWith(reason), unreadable.reason());
        });
    }

    @Test
    void aQuotedValueIsCutAndStaysOnOneLine() {
        String reason = Bodies.unreadable("ruleId=r&alertState=a%0Ab" + "🔥".repeat(1000))
                .reason();
        assertTrue(reason.startsWith("alertState is 'a b🔥"), reason);
        assertTrue(reason.length() < 200, reason);
        assertEquals(reason, Text.clean(reason));
    }
}
