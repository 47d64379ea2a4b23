package foldback.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Dimensions and labels as the JSON objects that the tables keep. */
public final class JsonText {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectReader MAP = JSON.readerFor(new TypeReference<TreeMap<String, String>>() {});

    private JsonText() {}

    static String of(SortedMap<String, String> map) {
        if (map.isEmpty()) {
            return "{}";
        }
        try {
            return JSON.writeValueAsString(map);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static @Nullable String orNull(SortedMap<String, String> map) {
        return map.isEmpty() ? null : of(map);
    }

    public static SortedMap<String, String> map(@Nullable String json) {
        if (json == null) {
            return Collections.emptySortedMap();
        }
        try {
            return MAP.readValue(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
