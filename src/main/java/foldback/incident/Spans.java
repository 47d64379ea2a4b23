package foldback.incident;

import foldback.listing.Condition;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Conditions on the time between the opening and the resolution of an incident {@code i}. A range index finds resolved ones, another
 * index the few that are open; the range is closed, so that it holds a little too much, and what is exact is asked as well.
 */
final class Spans {
    private static final String RESOLVED =
            "i.resolved_at is not null and tstzrange(i.opened_at, i.resolved_at, '[]') && tstzrange(?, ?, '[]')";

    private Spans() {}

    /** Opened by then, and not resolved by then. */
    static Condition over(Instant at) {
        return Condition.of("(" + RESOLVED + " and i.resolved_at > ? or i.resolved_at is null)", at, at, at)
                .and(Condition.of("i.opened_at <= ?", at));
    }

    /** Open for some time after {@code since}, or opened no earlier, of what was opened before {@code until}. */
    static Condition after(Instant since, @Nullable Instant until) {
        if (until == null) {
            return Condition.of("(i.resolved_at is null or i.resolved_at > ? or i.opened_at >= ?)", since, since);
        }
        return Condition.of(
                "(" + RESOLVED + " and (i.resolved_at > ? or i.opened_at >= ?) or i.resolved_at is null)",
                since,
                until,
                since,
                since);
    }
}
