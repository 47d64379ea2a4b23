package foldback.listing;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Instants as clients write them: RFC 3339, into what the database can hold. */
public final class Instants {
    /** What to say where a text is none. */
    public static final String EXPECTED = "should be an instant such as 2025-03-04T05:06:07Z";

    private static final int FIRST_YEAR = 1;
    private static final int LAST_YEAR = 9999;

    private Instants() {}

    /** The instant, in whole microseconds; empty where the text is none of the years 1 to 9999. */
    public static Optional<Instant> read(String text) {
        try {
            OffsetDateTime time = OffsetDateTime.parse(text);
            return time.getYear() >= FIRST_YEAR && time.getYear() <= LAST_YEAR
                    ? Optional.of(time.toInstant().truncatedTo(ChronoUnit.MICROS))
                    : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
