package foldback.ledger;

import foldback.fold.Histories;
import foldback.fold.StreamKey;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;

/**
 * A process of its own that writes to streams which others write to as well: arguments are the database, its user and password, the
 * seed, the streams' prefix and the seconds by which the clock is off. Prints what it recorded and what it found known.
 */
final class RivalWriters {
    static final int STREAMS = 12;
    static final int CALLBACKS = 900;
    private static final Instant START = Instant.parse("2025-03-04T00:00:00Z");

    private RivalWriters() {}

    public static void main(String[] arguments) throws SQLException {
        Map<String, String> datasource = Map.of(
                "quarkus.datasource.jdbc.url", arguments[0],
                "quarkus.datasource.username", arguments[1],
                "quarkus.datasource.password", arguments[2]);
        long seed = Long.parseLong(arguments[3]);
        Clock clock = Clock.offset(LedgerFixture.CLOCK, Duration.ofSeconds(Long.parseLong(arguments[5])));
        try (LedgerFixture ledger = new LedgerFixture(datasource)) {
            Recording recording = ledger.recording(clock);
            List<CompletableFuture<int[]>> lanes = IntStream.range(0, 2)
                    .mapToObj(lane ->
                            CompletableFuture.supplyAsync(() -> write(recording, arguments[4], "rival-" + seed, lane)))
                    .toList();
            int recorded = lanes.stream().mapToInt(lane -> lane.join()[0]).sum();
            int duplicate = lanes.stream().mapToInt(lane -> lane.join()[1]).sum();
            System.out.println("recorded=" + recorded + " duplicate=" + duplicate);
        }
    }

    /** Each process and each lane delivers all of the same callbacks, in an order of its own. */
    private static int[] write(Recording recording, String prefix, String replica, int lane) {
        Random order = new Random(replica.hashCode() + lane);
        List<Integer> all =
                new java.util.ArrayList<>(IntStream.range(0, CALLBACKS).boxed().toList());
        java.util.Collections.shuffle(all, order);
        int[] seen = new int[2];
        try {
            for (int from = 0; from < CALLBACKS; from += 15) {
                List<Callback> batch = all.subList(from, from + 15).stream()
                        .map(n -> callback(prefix, n))
                        .toList();
                for (Outcome outcome :
                        recording.record(batch, new Completeness.Writer(replica, lane), (connection, outcomes) -> {})) {
                    seen[outcome instanceof Outcome.Recorded ? 0 : 1]++;
                }
            }
        } catch (SQLException e) {
            throw new CompletionException(e);
        }
        return seen;
    }

    private static Callback callback(String prefix, int n) {
        StreamKey key = key(prefix, n % STREAMS);
        Random random = new Random(n);
        Instant at = START.plus(Duration.ofMinutes(n));
        var said =
                switch (random.nextInt(5)) {
                    case 0, 1, 2 -> Histories.alert(Integer.toString(random.nextInt(100)));
                    case 3 -> Histories.ok("1");
                    default -> Histories.noData();
                };
        return LedgerFixture.callback(at, LedgerFixture.reading(key, said, at));
    }

    static StreamKey key(String prefix, int stream) {
        return LedgerFixture.key(prefix + "-" + stream);
    }
}
