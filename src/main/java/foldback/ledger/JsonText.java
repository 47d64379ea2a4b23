package foldback.ledger;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Dimensions and labels as the JSON objects that the tables keep. A name may be as long as a callback brought it. */
public final class JsonText {
    /** Names are not remembered: they are senders', and there is no end of them. */
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build());

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
