package foldback.callback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Forms, as CloudMonitor encodes them and as people paste them: given a body, then the alert's name. */
class FormReadingTest {
    @TestFactory
    List<DynamicTest> theAlertNameIsRead() {
        return List.of(
                row("percent-encoded", "alertState=OK&alertName=%E7%A3%81%E7%9B%98+95%25", "磁盘 95%"),
                row("not encoded at all", "alertState=OK&alertName=磁盘 {a}>b", "磁盘 {a}>b"),
                row("a second = belongs to the value", "alertState=OK&alertName=a=b=c", "a=b=c"),
                row("an encoded & or = does not separate", "alertState=OK&alertName=a%26b%3Dc", "a&b=c"),
                row("decoded once", "alertState=OK&alertName=%2525", "%25"),
                row("a bare % at the end", "alertState=OK&alertName=95%", "95%"),
                row("a bare % with one digit", "alertState=OK&alertName=95%2", "95%2"),
                row("a bare % before the next pair", "alertName=95%&alertState=OK", "95%"),
                row("a broken escape beside a whole one", "alertState=OK&alertName=%zz%41%4", "%zzA%4"),
                row("a % before an escape", "alertState=OK&alertName=%%41", "%A"),
                row("an escape of no ASCII digits", "alertState=OK&alertName=%４１", "%４１"),
                row("small hex digits", "alertState=OK&alertName=%e5%88%86", "分"),
                row("+ is a space, an encoded one is a plus", "alertState=OK&alertName=a+b%2Bc", "a b+c"),
                row("blanks at the ends, encoded or not", "alertState=OK&alertName=+%09a b%0A ", "a b"),
                row("invisible blanks at the ends", "alertState=OK&alertName=\u3000a\u00A0", "a"),
                row("a newline and a tab before the first key", "\n\talertName=a&alertState=OK", "a"),
                row("an encoded key", "alertState=OK&alert%4Eame=a", "a"),
                row("blanks around a key", "alertState=OK& alertName+=a", "a"),
                row("a key in another case", "alertState=OK&ALERTNAME=a", "a"),
                row("the exact key before one in another case", "alertState=OK&alertname=a&alertName=b", "b"),
                row("the first of two keys in other cases", "alertState=OK&ALERTNAME=a&alertname=b", "a"),
                row("the first value of a repeated key", "alertState=OK&alertName=a&alertName=b", "a"),
                row("empty pairs and pairs without =", "&&alertState=OK&&x&=y&alertName=a&", "a"),
                row("a byte order mark", "\uFEFFalertName=a&alertState=OK", "a"),
                row("a byte order mark among blanks", " \uFEFF\nalertName=a&alertState=OK", "a"),
                row("\\u0026 where no & separates", "alertState=OK\\u0026alertName=a", "a"),
                row("\\u0026 is text where an & separates", "alertState=OK&alertName=a\\u0026b", "a\\u0026b"),
                row("\\u0026 at the ends", "\\u0026alertState=OK\\u0026alertName=a\\u0026", "a"),
                row("half a \\u0026", "alertState=OK\\u0026alertName=a\\u002", "a\\u002"),
                row("U+0000, encoded", "alertState=OK&alertName=a%00b", "a\uFFFDb"),
                row("U+0000, raw, is no blank", "alertState=OK&alertName=\0b", "\uFFFDb"),
                row("a lone surrogate, encoded", "alertState=OK&alertName=a%ED%A0%80b", "a\uFFFDb"),
                row("half a character", "alertState=OK&alertName=%E5%88", "\uFFFD"),
                row("an emoji", "alertState=OK&alertName=%F0%9F%94%A5🔥", "🔥🔥"));
    }

    private static DynamicTest row(String given, String body, String expected) {
        return dynamicTest(given, () -> {
            assertEquals(
                    expected, Bodies.reading(body + rule(body)).said().display().alertName());
        });
    }

    /** The rule is not what these rows are about. */
    private static String rule(String body) {
        boolean escaped = body.indexOf('&') < 0;
        return escaped ? "\\u0026ruleId=r" : "&ruleId=r";
    }

    @Test
    void invalidUtf8ReadsAsReplacementCharacters() {
        byte[] body = Bodies.raw("ruleId=r&alertState=OK&alertName=a\u00FFb\u00C0\u0080");
        assertEquals(
                "a\uFFFDb\uFFFD\uFFFD", Bodies.reading(body).said().display().alertName());
    }

    @TestFactory
    List<DynamicTest> absent() {
        return List.of(
                absent("not sent", ""),
                absent("without =", "&alertName"),
                absent("empty", "&alertName="),
                absent("blank", "&alertName=+%20"),
                absent("the word null", "&alertName=null"),
                absent("the word null among blanks", "&alertName=+null+"),
                absent("an empty value, of a repeated key the first", "&alertName=&alertName=b"),
                absent("the exact key empty, one in another case not", "&alertname=b&alertName=null"));
    }

    private static DynamicTest absent(String given, String pairs) {
        return dynamicTest(
                given,
                () -> assertNull(Bodies.reading("alertState=OK&ruleId=r" + pairs)
                        .said()
                        .display()
                        .alertName()));
    }

    @Test
    void onlyTheLowerCaseWordNullIsAbsent() {
        assertEquals(
                "NULL",
                Bodies.reading("alertState=OK&ruleId=r&alertName=NULL")
                        .said()
                        .display()
                        .alertName());
    }
}
