package foldback.listing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The half-open range of time that {@code since} and {@code until} name; either end may be missing. */
public record TimeRange(@Nullable Instant since, @Nullable Instant until) {

    public static TimeRange of(Parameters parameters) {
        Instant since = parameters.instant("since");
        Instant until = parameters.instant("until");
        if (since != null && until != null && !since.isBefore(until)) {
            throw Parameters.refused("since", "should lie before until");
        }
        return new TimeRange(since, until);
    }

    /** Whether the instant lies in the range; none does not. */
    public boolean holds(@Nullable Instant instant) {
        return instant != null
                && (since == null || !instant.isBefore(since))
                && (until == null || instant.isBefore(until));
    }

    /** Restricts a column to the range. */
    public void restrict(Where where, String column) {
        conditions(column).forEach(where::and);
    }

    /** What a column must meet to lie in the range. */
    public List<Condition> conditions(String column) {
        List<Condition> conditions = new ArrayList<>();
        if (since != null) {
            conditions.add(Condition.of(column + " >= ?", since));
        }
        if (until != null) {
            conditions.add(Condition.of(column + " < ?", until));
        }
        return conditions;
    }
}
