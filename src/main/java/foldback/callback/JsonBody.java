package foldback.callback;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import foldback.callback.CallbackReading.Unreadable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads a body that is a JSON object, {@code {"alertState":"OK","ruleId":"r-1"}}, or an array of such. */
final class JsonBody {
    private static final int CONTEXT = 60;

    private JsonBody() {}

    static CallbackReading read(byte[] body, int start) {
        String text = text(body, start);
        List<FieldValues> alerts = new ArrayList<>();
        boolean isArray = text.startsWith("[");
        try (JsonParser parser = Json.parser(text)) {
            parser.nextToken();
            boolean onlyObjects = isArray ? takeElements(parser, alerts) : alerts.add(JsonFields.read(parser));
            if (!onlyObjects) {
                return new Unreadable("Element " + (alerts.size() + 1) + " of the JSON array is not an object.", null);
            }
            if (parser.nextToken() != null) {
                return new Unreadable("The body goes on after the end of its JSON.", null);
            }
        } catch (IOException e) {
            return broken(text, e);
        }
        if (alerts.isEmpty()) {
            return new Unreadable("The body is an empty JSON array.", null);
        }
        return Alerts.read(alerts, isArray ? JsonElements.split(body, start) : List.of(body));
    }

    /** Text first: the parser is strict about UTF-8, and U+0000 in a string is no worse than a broken character. */
    static String text(byte[] body, int start) {
        return new String(body, start, body.length - start, StandardCharsets.UTF_8).replace('\0', '\uFFFD');
    }

    private static boolean takeElements(JsonParser parser, List<FieldValues> alerts) throws IOException {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                return false;
            }
            alerts.add(JsonFields.read(parser));
        }
        return true;
    }

    private static Unreadable broken(String text, IOException e) {
        if (e instanceof StreamConstraintsException) {
            return new Unreadable("The JSON is nested deeper than " + Json.MAX_DEPTH + " levels.", null);
        }
        if (e instanceof JsonEOFException) {
            return new Unreadable("The JSON ends before it is complete.", null);
        }
        return new Unreadable("The body begins like JSON but is broken" + place(text, e) + ".", null);
    }

    private static String place(String text, IOException e) {
        if (!(e instanceof JsonProcessingException json) || json.getLocation() == null) {
            return "";
        }
        int at = (int) Math.max(0, Math.min(json.getLocation().getCharOffset(), text.length()));
        return " after " + Text.quote(Text.clean(text.substring(Math.max(0, at - CONTEXT), at)));
    }
}
