package foldback.report;

import foldback.listing.Parameters;
import java.util.Locale;
import java.util.stream.Stream;

/** Which incidents belong to a window. The words are those of the list's {@code time}. */
public enum Cohort {
    /** Opened in it. */
    OPENED,
    /** Resolved in it. */
    RESOLVED,
    /** Open for some time in it, or opened in it. */
    OVERLAPS;

    static Cohort of(Parameters parameters) {
        String[] words = Stream.of(values()).map(Cohort::word).toArray(String[]::new);
        return valueOf(parameters.choice("cohort", words).toUpperCase(Locale.ROOT));
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The instant by which an incident is put into days, weeks, months and hours, in SQL. */
    String instant() {
        return this == RESOLVED ? "f.resolved_at" : "f.opened_at";
    }
}
