package foldback.fold;

import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * When an episode began, read from its {@code transId}. CloudMonitor mints a UUID of version 1 (RFC 9562, section 5.1) when an alert
 * begins; its 60-bit time counts 100 ns since the Gregorian reform, 1582-10-15. Undocumented, so a hint only.
 */
final class Episode {
    private static final Pattern VERSION_1 =
            Pattern.compile("(?i)[0-9a-f]{8}-[0-9a-f]{4}-1[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    private static final long GREGORIAN_TO_UNIX_MILLIS = 12_219_292_800_000L;
    private static final Instant EARLIEST = Instant.parse("2010-01-01T00:00:00Z");

    private Episode() {}

    /** The beginning, truncated to milliseconds; null where the text is no such UUID or its time lies before 2010. */
    static @Nullable Instant beganAt(@Nullable String transId) {
        if (transId == null || !VERSION_1.matcher(transId).matches()) {
            return null;
        }
        long ticks = UUID.fromString(transId).timestamp();
        Instant began = Instant.ofEpochMilli(ticks / 10_000 - GREGORIAN_TO_UNIX_MILLIS);
        return began.isBefore(EARLIEST) ? null : began;
    }
}
