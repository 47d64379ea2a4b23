package foldback.access;

import java.util.Map;

/** Access settings written down in a test. */
record Settings(Map<String, String> tokens, Map<String, Integer> rates, Map<String, Key> keys)
        implements AccessSettings {
    record One(String hash, String role) implements AccessSettings.Key {}

    Settings {
        tokens = Map.copyOf(tokens);
        rates = Map.copyOf(rates);
        keys = Map.copyOf(keys);
    }

    Settings(Map<String, String> tokens, Map<String, Key> keys) {
        this(tokens, Map.of(), keys);
    }
}
