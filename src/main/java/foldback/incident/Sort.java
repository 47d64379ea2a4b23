package foldback.incident;

import foldback.fold.Level;
import foldback.listing.Cursor;
import foldback.listing.Parameters;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The order of a list of incidents. Incidents without a value come last either way; those with the same value follow their ids. */
record Sort(By by, boolean descending) {
    private static final Duration LONGEST = Duration.ofDays(366L * 10_000);

    enum By {
        OPENED_AT("openedAt", "i.opened_at", "timestamptz", false),
        RESOLVED_AT("resolvedAt", "i.resolved_at", "timestamptz", true),
        DURATION("duration", "(coalesce(i.resolved_at, cast(:asked as timestamptz)) - i.opened_at)", "interval", false),
        LAST_SIGNAL_AT("lastSignalAt", "i.last_at", "timestamptz", false),
        LEVEL("level", "i.level", "level", true),
        PEAK_LEVEL("peakLevel", "i.peak_level", "level", true);

        final String word;
        /** What is sorted by; {@code :asked} is the instant of the first page. */
        final String sql;

        final String type;
        final boolean nullable;

        By(String word, String sql, String type, boolean nullable) {
            this.word = word;
            this.sql = sql;
            this.type = type;
            this.nullable = nullable;
        }
    }

    static Sort of(Parameters parameters) {
        String text = parameters.single("sort").orElse("-openedAt");
        boolean descending = text.startsWith("-");
        String word = descending ? text.substring(1) : text;
        return Stream.of(By.values())
                .filter(by -> by.word.equals(word))
                .findFirst()
                .map(by -> new Sort(by, descending))
                .orElseThrow(() -> Parameters.refused(
                        "sort",
                        Stream.of(By.values())
                                .map(by -> by.word)
                                .collect(Collectors.joining(
                                        ", ", "should be one of ", ", with - in front for descending"))));
    }

    /** What an incident is sorted by, as a cursor keeps it. */
    @Nullable
    String key(StoredIncident incident, Instant asked) {
        return switch (by) {
            case OPENED_AT -> incident.openedAt.toString();
            case RESOLVED_AT -> incident.resolvedAt == null ? null : incident.resolvedAt.toString();
            case DURATION -> duration(incident, asked).toString();
            case LAST_SIGNAL_AT -> incident.lastAt.toString();
            case LEVEL -> incident.level;
            case PEAK_LEVEL -> incident.peakLevel;
        };
    }

    /** Whether a cursor of this order may hold the key. */
    boolean readable(@Nullable String key) {
        if (key == null) {
            return by.nullable;
        }
        return switch (by) {
            case OPENED_AT, RESOLVED_AT, LAST_SIGNAL_AT -> Cursor.isInstant(key);
            case DURATION -> isDuration(key);
            case LEVEL, PEAK_LEVEL ->
                Stream.of(Level.values()).anyMatch(level -> level.name().equals(key));
        };
    }

    private static Duration duration(StoredIncident incident, Instant asked) {
        return Duration.between(incident.openedAt, incident.resolvedAt == null ? asked : incident.resolvedAt);
    }

    /** Only as it was written: the database reads fewer forms than Java. */
    private static boolean isDuration(String key) {
        try {
            Duration duration = Duration.parse(key);
            return duration.toString().equals(key) && duration.abs().compareTo(LONGEST) < 0;
        } catch (DateTimeException | ArithmeticException e) {
            return false;
        }
    }
}
