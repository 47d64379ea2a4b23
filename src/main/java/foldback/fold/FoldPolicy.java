package foldback.fold;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the fold can be told. Part of the fold version: a stream is folded with one policy until it is rebuilt with another.
 *
 * @param reopenWithin an opening this soon after the last resolution reopens that incident; zero: never
 */
public record FoldPolicy(Duration reopenWithin) {
    public FoldPolicy {
        if (reopenWithin.isNegative()) {
            throw new IllegalArgumentException("reopen-within must not be negative: " + reopenWithin);
        }
    }

    boolean reopens(@Nullable Instant lastResolution, Instant openedAt) {
        return lastResolution != null && !reopenWithin.isZero() && !openedAt.isAfter(lastResolution.plus(reopenWithin));
    }
}
