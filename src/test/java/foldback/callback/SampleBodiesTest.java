package foldback.callback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import foldback.callback.CallbackReading.NotRead;
import foldback.callback.CallbackReading.Read;
import foldback.fold.Said;
import foldback.fold.StreamKey.Rule;
import foldback.ledger.Reading;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Bodies as they really arrive, each with the reading that it must get: {@code callbacks/expected.json}. */
class SampleBodiesTest {
    static final List<String> SAMPLES = Bodies.SAMPLES;

    private static final Set<String> COLUMNS = Set.of(
            "kind",
            "state",
            "event_time",
            "dimensions",
            "level",
            "previous_level",
            "metric",
            "namespace",
            "rule_id",
            "trans_id",
            "cur_value",
            "user_id",
            "alert_name",
            "custom_labels",
            "note");

    private static final JsonNode EXPECTED = expected();

    @ParameterizedTest
    @FieldSource("SAMPLES")
    void readsAsExpected(String name) {
        byte[] body = Bodies.sample(name);
        JsonNode expected = EXPECTED.path(name).path("expected");
        CallbackReading reading = CallbackReader.read(body);
        if (!expected.path("kind").asText().startsWith("threshold")) {
            assertEquals(
                    expected.path("kind").asText(),
                    assertInstanceOf(NotRead.class, reading).kind().word());
            return;
        }
        Read read = assertInstanceOf(Read.class, reading);
        assertSame(body, read.parts().get(0));
        assertEquals(dimensions(expected.path("dimensions")), dimensions(read));
        for (Reading signal : read.readings()) {
            assertReads(expected, signal);
        }
    }

    @Test
    void everyExpectationIsChecked() {
        Set<String> names = new HashSet<>();
        for (Map.Entry<String, JsonNode> entry : EXPECTED.properties()) {
            names.add(entry.getKey());
            entry.getValue()
                    .path("expected")
                    .fieldNames()
                    .forEachRemaining(column -> assertEquals(true, COLUMNS.contains(column), column));
        }
        assertEquals(new HashSet<>(SAMPLES), names);
    }

    private static void assertReads(JsonNode expected, Reading reading) {
        Said said = reading.said();
        assertText(expected, "state", said.signal());
        assertText(expected, "event_time", reading.statedAt());
        assertText(expected, "level", said.level());
        assertText(expected, "previous_level", said.previousLevel());
        assertText(expected, "metric", said.display().metricName());
        assertText(expected, "namespace", said.display().namespace());
        assertText(expected, "rule_id", reading.stream().rule() instanceof Rule.ById rule ? rule.ruleId() : null);
        assertText(expected, "trans_id", said.transId());
        assertText(expected, "cur_value", said.curValue());
        assertText(expected, "user_id", reading.stream().userId());
        if (expected.has("alert_name")) {
            assertText(expected, "alert_name", said.display().alertName());
        }
        assertEquals(object(expected.path("custom_labels")), said.display().labels());
        assertEquals(0, reading.part());
    }

    private static void assertText(JsonNode expected, String column, @Nullable Object read) {
        String instant = read == null ? null : read.toString();
        assertEquals(expected.path(column).textValue(), instant, column);
    }

    private static List<SortedMap<String, String>> dimensions(Read read) {
        return read.readings().stream()
                .map(reading -> reading.stream().dimensions())
                .toList();
    }

    private static List<SortedMap<String, String>> dimensions(JsonNode array) {
        List<SortedMap<String, String>> objects = new ArrayList<>();
        array.forEach(object -> objects.add(object(object)));
        return objects;
    }

    private static SortedMap<String, String> object(JsonNode object) {
        SortedMap<String, String> values = new TreeMap<>();
        object.properties()
                .forEach(entry -> values.put(entry.getKey(), entry.getValue().textValue()));
        return values;
    }

    private static JsonNode expected() {
        try {
            return new ObjectMapper().readTree(Bodies.sample("expected.json"));
        } catch (IOException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
