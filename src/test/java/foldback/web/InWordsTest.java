package foldback.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people read is the same on a machine that writes other digits. */
class InWordsTest {
    private final Locale usual = Locale.getDefault();

    @BeforeEach
    void elsewhere() {
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    }

    @AfterEach
    void back() {
        Locale.setDefault(usual);
    }

    private static String plain(String text) {
        return text.replace('\u00A0', ' ');
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 s",
        "0.0004, < 0.001 s",
        "0.2345, 0.235 s",
        "0.9999, 1 s",
        "1, 1 s",
        "42.04, 42 s",
        "42.05, 42.1 s",
        "59.94, 59.9 s",
        "59.95, 1 min 00 s",
        "60, 1 min",
        "61, 1 min 01 s",
        "1800, 30 min",
        "1800.4, 30 min 00 s",
        "3599.5, 1 h 00 min",
        "3600, 1 h",
        "3780, 1 h 03 min",
        "86369, 23 h 59 min",
        "86370, 1 d 00 h",
        "86400, 1 d",
        "171060, 2 d 00 h",
        "174000, 2 d 00 h",
        "187200, 2 d 04 h",
        "8638199, 99 d 23 h",
        "8638200, 100 d",
        "107222400, '1,241 d'",
        "-720, −12 min"
    })
    void durationsHaveTheTwoUnitsThatMatter(BigDecimal seconds, String words) {
        assertEquals(words, plain(InWords.duration(seconds)));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 %",
        "0.0004, < 0.1 %",
        "0.0005, 0.1 %",
        "0.8235, 82.4 %",
        "0.5, 50 %",
        "0.9999, > 99.9 %",
        "1, 100 %"
    })
    void sharesNeverPretendToBeAllOrNothing(double share, String words) {
        assertEquals(words, plain(InWords.share(share)));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "30, 30 s", "600, 10 min", "21600, 6 h", "604800, 7 d", "15552000, 180 d", "31536000, 1 y"})
    void bordersHaveOneUnit(long seconds, String words) {
        assertEquals(words, plain(InWords.border(seconds)));
    }

    @Test
    void momentsAreThoseOfTheZone() {
        Instant instant = Instant.parse("2025-03-04T20:06:59Z");
        assertEquals("5 March 2025, 04:06", plain(InWords.moment(instant, ZoneId.of("Asia/Shanghai"))));
        assertEquals("12,345", InWords.count(12_345));
        assertEquals("⟨U+202E⟩", Legible.of("\u202E").shown());
        assertEquals("0.13", Drawn.at(0.126));
    }
}
