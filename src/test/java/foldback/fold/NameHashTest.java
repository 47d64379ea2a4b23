package foldback.fold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Names that changed are noticed; what is written in the same way is not taken for a change. */
class NameHashTest {
    @Test
    void labelsThatExchangeTheirValuesAreOthers() {
        assertNotEquals(hash("cpu", Map.of("env", "1", "app", "2")), hash("cpu", Map.of("env", "2", "app", "1")));
        assertNotEquals(hash("cpu", Map.of("vpc", "vpc")), hash("cpu", Map.of()));
    }

    @Test
    void textsWhoseHashCodesAreTheSameAreOthers() {
        assertEquals("disk Aa".hashCode(), "disk BB".hashCode());
        assertNotEquals(hash("disk Aa", Map.of()), hash("disk BB", Map.of()));
    }

    @Test
    void noNameIsNotTheWordNull() {
        assertNotEquals(hash(null, Map.of()), hash("null", Map.of()));
    }

    @Test
    void theSameIsTheSame() {
        assertEquals(hash("cpu", Map.of("env", "1")), hash("cpu", Map.of("env", "1")));
    }

    private static int hash(@Nullable String alertName, Map<String, String> labels) {
        return new Display(alertName, null, null, null, null, null, null, null, null, null, new TreeMap<>(labels))
                .nameHash();
    }
}
