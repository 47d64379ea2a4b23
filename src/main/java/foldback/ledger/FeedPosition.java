package foldback.ledger;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the feed: behind all that it is not smaller than. Rows of one transaction follow each other; transactions are in the order of
 * their ids, which is not that of their commits.
 *
 * @param xid the transaction, from 0 on
 * @param number the row in it, from 1 on; 0: before all of them
 */
public record FeedPosition(long xid, long number) implements Comparable<FeedPosition> {
    private static final int RADIX = 36;
    private static final Pattern FORM = Pattern.compile("([0-9a-z]{1,12})-([0-9a-z]{1,12})");

    private static final Comparator<FeedPosition> ORDER =
            Comparator.comparingLong(FeedPosition::xid).thenComparingLong(FeedPosition::number);

    public FeedPosition {
        if (xid < 0 || number < 0) {
            throw new IllegalArgumentException("no place in the feed: " + xid + ", " + number);
        }
    }

    /** Reads what {@link #text} gave; empty where it is none. */
    public static Optional<FeedPosition> parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches()
                ? Optional.of(
                        new FeedPosition(Long.parseLong(form.group(1), RADIX), Long.parseLong(form.group(2), RADIX)))
                : Optional.empty();
    }

    /** As clients get it. */
    public String text() {
        return Long.toString(xid, RADIX) + "-" + Long.toString(number, RADIX);
    }

    public boolean isBefore(FeedPosition other) {
        return compareTo(other) < 0;
    }

    @Override
    public int compareTo(FeedPosition other) {
        return ORDER.compare(this, other);
    }
}
