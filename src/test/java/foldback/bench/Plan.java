package foldback.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.LongUnaryOperator;

/**
 * What a {@link Driver} is to do, as it is handed to its process.
 *
 * @param count callbacks to post
 * @param rate callbacks a second; 0: as fast as they are answered
 * @param number which callback to post first, second, …
 */
record Plan(int port, int connections, Traffic traffic, long count, long rate, LongUnaryOperator number) {

    /** What the driver saw; latencies in microseconds. */
    record Result(double seconds, long recorded, long unavailable, long otherwise, long p50, long p99, long p999) {
        double rate() {
            return recorded / seconds;
        }

        void refuseFailures() {
            if (unavailable + otherwise > 0) {
                throw new IllegalStateException("not every callback was recorded: " + this);
            }
        }

        static Result parse(String line) {
            String[] parts =
                    line.substring(line.indexOf('[') + 1, line.indexOf(']')).split(", ", -1);
            double[] values = new double[parts.length];
            for (int i = 0; i < parts.length; i++) {
                values[i] = Double.parseDouble(parts[i].substring(parts[i].indexOf('=') + 1));
            }
            return new Result(
                    values[0],
                    (long) values[1],
                    (long) values[2],
                    (long) values[3],
                    (long) values[4],
                    (long) values[5],
                    (long) values[6]);
        }
    }

    long number(long i) {
        return number.applyAsLong(i);
    }

    /** {@code port connections shape base streams fromMillis first count rate storm|steady}. */
    static Plan parse(String[] arguments) {
        int base = Integer.parseInt(arguments[3]);
        int streams = Integer.parseInt(arguments[4]);
        long first = Long.parseLong(arguments[6]);
        int count = Integer.parseInt(arguments[7]);
        Traffic.Shape shape = Traffic.Shape.valueOf(arguments[2].toUpperCase(Locale.ROOT));
        return new Plan(
                Integer.parseInt(arguments[0]),
                Integer.parseInt(arguments[1]),
                new Traffic(shape, base, streams, Long.parseLong(arguments[5])),
                count,
                Long.parseLong(arguments[8]),
                "storm".equals(arguments[9]) ? storm(first, count, streams) : i -> first + i);
    }

    /** An order in which 30 % of the posts repeat an earlier one and 20 % come one to three turns of their stream late. */
    private static LongUnaryOperator storm(long first, int count, int streams) {
        Random random = new Random(1);
        int signals = count * 7 / 10;
        List<long[]> posts = new ArrayList<>(count);
        for (int signal = 0; signal < signals; signal++) {
            boolean late = random.nextInt(count) < count * 2 / 7;
            long at = late ? signal + streams + random.nextInt(2 * streams) : signal;
            posts.add(new long[] {at, signal});
        }
        while (posts.size() < count) {
            long[] again = posts.get(random.nextInt(signals));
            posts.add(new long[] {again[0] + 1 + random.nextInt(2 * streams), again[1]});
        }
        Collections.sort(posts, (a, b) -> Long.compare(a[0], b[0]));
        return i -> first + posts.get((int) i)[1];
    }
}
