package foldback.callback;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Reading takes work in proportion to the body's length, whatever the body repeats. */
class LinearityTest {
    private static final int LENGTH = 1 << 19;

    /** A linear reader needs some milliseconds for half a mebibyte, a quadratic one minutes: no slow machine confuses the two. */
    private static final Duration FAR_TOO_LONG = Duration.ofSeconds(30);

    /** Four times the length may take four times the memory, and a little for buffers that double. */
    private static final double MOST_GROWTH = 7;

    private static final String ALERT = "{\"ruleId\":\"r\",\"alertState\":\"ALERT\",";

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TestFactory
    Stream<DynamicTest> repeating() {
        return Stream.of(
                row("a=", "%41", ""),
                row("a=", "%", ""),
                row("a=", "+", ""),
                row("", "&", "="),
                row("", "a=b&", ""),
                row("", "%41=%42&", ""),
                row("", "alertName=%42&", ""),
                row("", "ALERTNAME=%42&", ""),
                row("a=b", "\\u0026", ""),
                row("a=b", "\\u002", ""),
                row("", "a", ""),
                row("ruleId=r&alertState=OK&alertName=", "\u3000x", ""),
                row("ruleId=r&alertState=OK&dimensions={a=", ", ", "}"),
                row("ruleId=r&alertState=OK&dimensions={a=", ", b", "}"),
                row("ruleId=r&alertState=OK&dimensions={a=1", ", b=1", "}"),
                row("ruleId=r&alertState=OK&dimensions={a=", "=", "}"),
                row("ruleId=r&alertState=OK&customLabels={", "{", "}"),
                row("ruleId=r&alertState=ALERT&expression=[{}", ",{\"level\":2}", "]"),
                row("", "[", ""),
                row("{\"a\":", "[", ""),
                row("[{}", ",{}", "]"),
                row("{\"a\":0", ",\"a\":0", "}"),
                row("{\"a\":\"", "\\u0000", "\"}"),
                row("{\"", "a", "\":1}"),
                row(ALERT + "\"curValue\":", "7", "}"),
                row(ALERT + "\"curValue\":\"", "\\ud800", "\"}"),
                row(ALERT + "\"dimensions\":[{}", ",{}", "]}"),
                row(ALERT + "\"dimensions\":[{\"a\":[", "{},", "0]}]}"),
                row(ALERT + "\"dimensions\":{\"a\":0", ",\"a\":{}", "}}"),
                row(ALERT + "\"dimensions\":\"[{}", ",{\\\"a\\\":1}", "]\"}"),
                row("[" + ALERT + "\"x\":0}", "," + ALERT + "\"x\":0}", "]"));
    }

    private static DynamicTest row(String start, String repeated, String end) {
        return dynamicTest("'" + start + "', many times '" + repeated.strip() + "', '" + end + "'", () -> {
            long small = allocated(start, repeated, end, LENGTH / 4);
            long large = allocated(start, repeated, end, LENGTH);
            assertTrue(large < MOST_GROWTH * small, () -> small + " bytes for a quarter, " + large + " for the whole");
        });
    }

    /** How many bytes are allocated while a body of this length is read, which tells of copying again and again. */
    private static long allocated(String start, String repeated, String end, int length) {
        byte[] body = Bodies.bytes(start + repeated.repeat(length / repeated.length()) + end);
        return assertTimeoutPreemptively(FAR_TOO_LONG, () -> {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            CallbackReader.read(body);
            Fields.of(body);
            return THREADS.getCurrentThreadAllocatedBytes() - before;
        });
    }
}
