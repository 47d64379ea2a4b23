package foldback.incident;

import foldback.listing.Condition;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Conditions on the time between the opening and the resolution of an incident {@code i}. A range index finds resolved ones that were long,
 * brief ones are found by when they were opened, and another index has the few that are open. What they find is a little too much, and what is
 * exact is asked as well.
 */
final class Spans {
    /** No brief incident was longer. It is what the range index says, {@code incidents_lasted}. */
    private static final Duration BRIEF = Duration.ofHours(1);

    private static final String LONG =
            "i.resolved_at - i.opened_at > interval '1 hour' and tstzrange(i.opened_at, i.resolved_at, '[]') && tstzrange(?, ?, '[]')";

    private static final Condition OPEN = Condition.of("i.resolved_at is null");

    private Spans() {}

    /** Opened by then, and not resolved by then. */
    static Condition over(Instant at) {
        return during(at, at, Condition.of("i.resolved_at > ?", at)).and(Condition.of("i.opened_at <= ?", at));
    }

    /** Open for some time after {@code since}, or opened no earlier, of what was opened before {@code until}. */
    static Condition after(Instant since, @Nullable Instant until) {
        Condition after = Condition.of("i.resolved_at > ?", since).or(Condition.of("i.opened_at >= ?", since));
        return until == null ? OPEN.or(after) : during(since, until, after);
    }

    /** @param exactly what is to hold of resolved ones that are found */
    private static Condition during(Instant since, Instant until, Condition exactly) {
        Condition longer = Condition.of(LONG, since, until);
        Condition brief = Condition.of("i.opened_at >= ? and i.opened_at <= ?", since.minus(BRIEF), until);
        return longer.and(exactly).or(brief.and(exactly)).or(OPEN);
    }
}
