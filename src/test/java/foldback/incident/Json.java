package foldback.incident;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** Answers as maps, numbers exactly as they were sent. */
final class Json {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private Json() {}

    /** One text of an answer. */
    static String text(String answer, String pointer) {
        try {
            return JSON.readTree(answer).at(pointer).textValue();
        } catch (JsonProcessingException e) {
            throw new AssertionError(answer, e);
        }
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(String text) {
        try {
            return JSON.readValue(text, Map.class);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> items(String page) {
        return (List<Map<String, Object>>) object(page).get("items");
    }

    static BigDecimal number(Object value) {
        return new BigDecimal(value.toString()).stripTrailingZeros();
    }
}
