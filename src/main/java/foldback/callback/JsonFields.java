package foldback.callback;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;

/** Takes the values of a JSON object, {@code {"alertState":"OK","curValue":12.5,"dimensions":[{"instanceId":"i-1"}]}}. */
final class JsonFields {
    private JsonFields() {}

    /** The fields that are read, of the object that the parser is at. */
    static FieldValues read(JsonParser parser) throws IOException {
        FieldValues values = new FieldValues();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = Json.name(parser);
            parser.nextToken();
            FieldName name = FieldNames.ignoringCase(key);
            if (name != null) {
                values.put(name, key, Json.text(parser));
            } else {
                parser.skipChildren();
            }
        }
        return values;
    }

    /** Every value that is there, of the object that the parser is at: a dimension object, labels, a condition. */
    static SortedMap<String, String> all(JsonParser parser) throws IOException {
        SortedMap<String, String> values = new TreeMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = Json.name(parser);
            parser.nextToken();
            values.putIfAbsent(key, Text.value(Json.text(parser)));
        }
        values.values().removeIf(String::isEmpty);
        return values;
    }
}
