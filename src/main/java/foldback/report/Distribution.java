package foldback.report;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the durations of incidents are distributed, as it is answered.
 *
 * @param header what it is about, and how to tell whether two are the same
 * @param definitions what each field means
 * @param buckets from 0 to the one that has the longest duration, without a gap; none without incidents
 * @param survival by their seconds; none without incidents
 */
public record Distribution(Header header, Map<String, String> definitions, List<Bucket> buckets, List<Point> survival) {

    /**
     * The facts of a distribution.
     *
     * @param since where the window begins
     * @param until where it ends; not a part of it
     * @param cohort opened, resolved or overlaps
     * @param tz the zone that was asked for
     * @param filter the filters as they were asked for
     * @param asOf the instant that is now in all of it; null where it is when it was asked
     * @param foldVersion what the incidents were folded with
     * @param incidents in all buckets
     * @param open of these
     * @param steps how many the survival curve has, also where fewer are given
     * @param sha256 over buckets and points, in hex; see the definitions
     */
    public record Header(
            Instant since,
            Instant until,
            String cohort,
            String tz,
            Map<String, List<String>> filter,
            @Nullable Instant asOf,
            int foldVersion,
            long incidents,
            long open,
            long steps,
            String sha256) {}

    /**
     * The incidents whose duration is in a half-open range of seconds.
     *
     * @param count resolved ones, by their TTR
     * @param open open ones, by their age
     */
    public record Bucket(long fromSeconds, long toSeconds, long count, long open) {}

    /**
     * A point of the survival curve, which keeps its height until the next one; before the first it is 1.
     *
     * @param share of the incidents that last longer than so many seconds
     * @param low the lower end of its 95 % band; null where nothing lasts longer
     * @param high the upper end of it; null where nothing lasts longer
     * @param atRisk how many have lasted for at least as long
     */
    public record Point(
            BigDecimal seconds,
            double share,
            @Nullable Double low,
            @Nullable Double high,
            long atRisk) {}
}
