package foldback.listing;

import java.util.ArrayList;
import java.util.List;

/**
 * The next rows of a list, as many as there was room for.
 *
 * @param weight how many bytes of text they have
 * @param more whether there are rows behind them
 */
public record Portion<R>(List<R> rows, long weight, boolean more) {
    public Portion {
        rows = List.copyOf(rows);
    }

    /** Followed by another one. */
    public Portion<R> and(Portion<R> next) {
        List<R> all = new ArrayList<>(rows);
        all.addAll(next.rows);
        return new Portion<>(all, weight + next.weight, next.more);
    }
}
