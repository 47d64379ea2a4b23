package foldback.callback;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads text that is a JSON object, {@code {"level":4}}, or an array of objects, {@code [{"level":4},{"level":3}]}. */
final class JsonObjects {
    interface ObjectReader<T> {
        /** Takes the object that the parser is at, up to its end. */
        T read(JsonParser parser) throws IOException;
    }

    private JsonObjects() {}

    /** The object alone, or the array's elements; null where the text is anything else. */
    static <T> @Nullable List<T> read(String text, ObjectReader<T> reader) {
        List<T> objects = new ArrayList<>();
        try (JsonParser parser = Json.parser(text)) {
            boolean isArray = parser.nextToken() == JsonToken.START_ARRAY;
            JsonToken token = isArray ? parser.nextToken() : parser.currentToken();
            while (token == JsonToken.START_OBJECT && (isArray || objects.isEmpty())) {
                objects.add(reader.read(parser));
                token = parser.nextToken();
            }
            boolean complete = isArray ? token == JsonToken.END_ARRAY && parser.nextToken() == null : token == null;
            return complete ? objects : null;
        } catch (IOException e) {
            return null;
        }
    }
}
