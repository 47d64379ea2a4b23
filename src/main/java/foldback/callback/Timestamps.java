package foldback.callback;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads {@code timestamp}: {@code 1508136760} in the documentation, {@code 1741054631386} on the wire. */
final class Timestamps {
    private static final int SECONDS = 10;
    private static final int MILLISECONDS = 13;

    private Timestamps() {}

    /** Null where it is absent or neither, so that the time of the receipt applies. */
    static @Nullable Instant read(@Nullable String text) {
        if (text == null || !isDigits(text)) {
            return null;
        }
        return switch (text.length()) {
            case SECONDS -> Instant.ofEpochSecond(Long.parseLong(text));
            case MILLISECONDS -> Instant.ofEpochMilli(Long.parseLong(text));
            default -> null;
        };
    }

    /** ASCII only: {@link Character#isDigit} takes the digits of every script. */
    static boolean isDigits(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty();
    }
}
