package foldback.report;

import foldback.listing.Parameters;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The half-open time that a report is about; never longer than a hundred years.
 *
 * @param since its first instant, to the microsecond
 * @param until the first instant behind it
 */
public record Window(Instant since, Instant until) {
    private static final Duration DEFAULT = Duration.ofDays(30);
    private static final Duration LONGEST = Duration.ofDays(36_525);

    /** @param now where the window ends unless {@code until} says otherwise */
    static Window of(Parameters parameters, Instant now) {
        Instant asked = parameters.instant("until");
        Instant until = asked == null ? now : asked;
        @Nullable Instant begin = parameters.instant("since");
        Instant since = begin == null ? until.minus(DEFAULT) : begin;
        if (!since.isBefore(until)) {
            throw Parameters.refused("since", "should lie before until, which is " + until);
        }
        if (Duration.between(since, until).compareTo(LONGEST) > 0) {
            throw Parameters.refused("since", "should lie at most " + LONGEST.toDays() + " days before until");
        }
        return new Window(since, until);
    }

    /** The window before: as long as this one, which it ends at. */
    public Window previous() {
        return new Window(since.minus(Duration.between(since, until)), since);
    }
}
