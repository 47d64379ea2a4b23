package foldback.callback;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.util.RawValue;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Every field of one alert as it was sent, for display: {@code unit=%25&signature=P5Cy} or {@code {"curValue":12.50,"extra":[1]}}.
 *
 * <p>Text is a {@link String}. Any other JSON is a {@link RawValue}, which Jackson writes as it stands, so that {@code 12.50} does not
 * become 12.5. Total like {@link CallbackReader}; what is no alert has no fields.
 */
public final class Fields {
    private Fields() {}

    /** The fields of a part of a {@link CallbackReading.Read}, in the order in which they were sent, the first of each name. */
    public static Map<String, Object> of(byte[] part) {
        int start = Body.start(part);
        if (start == part.length) {
            return Map.of();
        }
        return Collections.unmodifiableMap(Body.isJson(part, start) ? json(part, start) : form(part, start));
    }

    private static Map<String, Object> form(byte[] part, int start) {
        Map<String, Object> fields = new LinkedHashMap<>();
        FormPairs pairs = new FormPairs(part, start);
        while (pairs.next()) {
            fields.putIfAbsent(pairs.key(), pairs.value());
        }
        return fields;
    }

    private static Map<String, Object> json(byte[] part, int start) {
        Map<String, Object> fields = new LinkedHashMap<>();
        try (JsonParser parser = Json.parser(JsonBody.text(part, start))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Map.of();
            }
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = Json.name(parser);
                boolean isText = parser.nextToken() == JsonToken.VALUE_STRING;
                String text = Json.text(parser);
                fields.putIfAbsent(name, isText ? text : new RawValue(text));
            }
            return fields;
        } catch (IOException e) {
            return Map.of();
        }
    }
}
