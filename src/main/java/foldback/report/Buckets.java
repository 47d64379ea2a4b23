package foldback.report;

import static foldback.incident.Seconds.DAY;
import static foldback.incident.Seconds.HOUR;
import static foldback.incident.Seconds.MINUTE;
import static foldback.incident.Seconds.YEAR;

import java.util.ArrayList;
import java.util.List;

/** Counts durations in buckets whose borders people read, each about twice the one before. Durations come in their order, and none is kept. */
final class Buckets {
    private static final long MICROS = 1_000_000;

    /** In seconds. No incident begins before 1970, since that is where timestamps do. */
    private static final long[] BORDERS = {
        0,
        1,
        2,
        5,
        10,
        30,
        MINUTE,
        2 * MINUTE,
        5 * MINUTE,
        10 * MINUTE,
        30 * MINUTE,
        HOUR,
        2 * HOUR,
        6 * HOUR,
        12 * HOUR,
        DAY,
        2 * DAY,
        7 * DAY,
        14 * DAY,
        30 * DAY,
        90 * DAY,
        180 * DAY,
        YEAR,
        2 * YEAR,
        5 * YEAR,
        10 * YEAR,
        20 * YEAR,
        50 * YEAR,
        100 * YEAR,
        1000 * YEAR
    };

    private final List<Distribution.Bucket> full = new ArrayList<>();
    private long ended;
    private long open;

    /**
     * The incidents of one duration, not shorter than that before.
     *
     * @param micros the duration
     * @param endedThen how many of them ended then
     * @param openThen how many have lasted for that long and go on
     */
    void take(long micros, long endedThen, long openThen) {
        while (micros >= BORDERS[full.size() + 1] * MICROS) {
            close();
        }
        ended += endedThen;
        open += openThen;
    }

    private void close() {
        int at = full.size();
        full.add(new Distribution.Bucket(BORDERS[at], BORDERS[at + 1], ended, open));
        ended = 0;
        open = 0;
    }

    /** From 0 to the one that has the longest duration; none where there was no duration. */
    List<Distribution.Bucket> end() {
        if (ended + open > 0) {
            close();
        }
        return List.copyOf(full);
    }
}
