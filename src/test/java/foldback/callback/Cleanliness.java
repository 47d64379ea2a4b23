package foldback.callback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.util.RawValue;
import foldback.callback.CallbackReading.NotRead;
import foldback.fold.Display;
import foldback.fold.Said;
import foldback.fold.StreamKey.Rule;
import foldback.ledger.Reading;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** That text which leaves the reader can be stored, and that what is absent is null. */
final class Cleanliness {
    private Cleanliness() {}

    static void check(NotRead notRead) {
        present(notRead.reason());
        present(notRead.field());
        assertTrue(notRead.reason().length() < 400, notRead.reason());
        assertTrue(notRead.reason().endsWith("."), notRead.reason());
    }

    static void check(Map<String, Object> fields) {
        fields.forEach((name, value) -> {
            storable(name);
            storable(value instanceof RawValue raw ? (String) raw.rawValue() : (String) value);
        });
    }

    static void check(Reading reading) {
        present(reading.stream().userId());
        check(reading.stream().dimensions());
        if (reading.stream().rule() instanceof Rule.ById byId) {
            present(byId.ruleId());
        }
        Said said = reading.said();
        present(said.curValue());
        present(said.transId());
        Conditions.of(said.display().expression()).forEach(condition -> present(condition.expression()));
        check(said.display());
    }

    private static void check(Display display) {
        present(display.alertName());
        present(display.namespace());
        present(display.metricName());
        present(display.instanceName());
        present(display.regionId());
        present(display.regionName());
        present(display.groupId());
        present(display.productGroupName());
        present(display.unit());
        present(display.expression());
        check(display.labels());
    }

    private static void check(SortedMap<String, String> values) {
        values.forEach((key, value) -> {
            storable(key);
            assertEquals(Text.trim(key), key);
            present(value);
        });
    }

    private static void present(@Nullable String text) {
        if (text != null) {
            storable(text);
            assertEquals(Text.trim(text), text);
            assertFalse(text.isEmpty() || text.equals("null"), text);
        }
    }

    private static void storable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (c == 0 || (Character.isSurrogate(c) && !pair)) {
                fail("cannot be stored: " + text);
            }
            i += pair ? 1 : 0;
        }
    }
}
