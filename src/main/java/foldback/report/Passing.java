package foldback.report;

import jakarta.persistence.Tuple;

/**
 * The incidents of a group that have one duration, as it passes by: durations come upwards, and that of ends and ages is met once. The same
 * may come beside it as the earliest end of some, or as the time to their acknowledgement.
 *
 * @param micros the duration in microseconds
 * @param certain how many ended after it
 * @param uncertain how many ended after it at the latest
 * @param open how many have lasted for it, and last
 * @param earliest how many ended after it at the earliest, of those that are uncertain
 * @param acknowledged how many were acknowledged after it
 */
record Passing(long micros, long certain, long uncertain, long open, long earliest, long acknowledged) {
    static Passing of(Tuple row) {
        return new Passing(
                row.get("micros", Long.class),
                row.get("certain", Long.class),
                row.get("uncertain", Long.class),
                row.get("open", Long.class),
                row.get("earliest", Long.class),
                row.get("acknowledged", Long.class));
    }

    long ended() {
        return certain + uncertain;
    }
}
