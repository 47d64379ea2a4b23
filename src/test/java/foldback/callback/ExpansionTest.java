package foldback.callback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.ledger.Reading;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One body may bring many readings, but not many times its own length of text. */
class ExpansionTest {
    @Test
    void tenThousandDimensionObjectsAreRead() {
        List<Reading> readings = Bodies.readings(body("r", 10_000));
        assertEquals(10_000, readings.size());
        assertEquals(10_000, readings.stream().map(Reading::stream).distinct().count());
    }

    @Test
    void aLongNameOnOneObjectIsRead() {
        String name = "n".repeat(200 << 10);
        assertEquals(name, Bodies.reading(body(name, 1)).said().display().alertName());
    }

    @Test
    void aLongNameOnManyObjectsIsRefused() {
        CallbackReading.Unreadable unreadable = Bodies.unreadable(body("n".repeat(128 << 10), 10_000));
        assertEquals("dimensions", unreadable.field());
    }

    @Test
    void aLongNameOnManyObjectsOfSeveralAlertsIsRefused() {
        String alert = body("n".repeat(5 << 10), 1000);
        String body = "[" + String.join(",", Collections.nCopies(4, alert)) + "]";
        assertTrue(4L * 1000 * (5 << 10) > Alerts.MAX_REPEATED_TEXT);
        assertEquals(1000, Bodies.readings(alert).size());
        assertEquals("dimensions", Bodies.unreadable(body).field());
    }

    private static String body(String alertName, int objects) {
        StringBuilder dimensions = new StringBuilder();
        for (int i = 0; i < objects; i++) {
            dimensions
                    .append(i == 0 ? "" : ",")
                    .append("{\"instanceId\":\"")
                    .append(i)
                    .append("\"}");
        }
        return "{\"alertName\":\"" + alertName + "\",\"alertState\":\"ALERT\",\"dimensions\":[" + dimensions + "]}";
    }
}
