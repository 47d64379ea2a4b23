package foldback.report;

import java.util.Map;

/**
 * A zone as PostgreSQL has to be told it. Where a name is an abbreviation too, {@code at time zone} takes it for that, which knows no
 * summer time (PostgreSQL manual, 8.5.3).
 */
final class DatabaseZone {
    /** What the time zone database itself makes of these names (its file {@code backward}, 2024b). */
    private static final Map<String, String> NO_ABBREVIATION =
            Map.of("CET", "Europe/Brussels", "EET", "Europe/Athens", "MET", "Europe/Brussels", "WET", "Europe/Lisbon");

    private DatabaseZone() {}

    /** The name of a zone with the same rules that is nothing but a zone. */
    static String of(String tz) {
        return NO_ABBREVIATION.getOrDefault(tz, tz);
    }
}
