package foldback.bench;

import foldback.ledger.FeedPosition;
import foldback.testing.Await;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/**
 * How long after the transaction that records it began a change reaches those who follow the live feed: {@code -Dbench.followers} on one service,
 * {@code -Dbench.incidents} changes a second. Once each of them follows one of ten teams, and once each follows everything, which is to send
 * ten times as much. {@code -Dbench.seconds} is how long each takes.
 */
final class LiveBench {
    private static final int FOLLOWERS = Integer.getInteger("bench.followers", 1000);
    private static final int RATE = Integer.getInteger("bench.incidents", 500);
    private static final int SECONDS = Integer.getInteger("bench.seconds", 20);
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 1);
    private static final int STREAMS = 1000;
    private static final int TEAMS = 10;
    private static final int BASE = 3_000_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final UnderLoad service;
    private final Figures figures;

    private LiveBench(UnderLoad service, Figures figures) {
        this.service = service;
        this.figures = figures;
    }

    public static void main(String[] arguments) throws Exception {
        Figures figures = new Figures();
        measure(figures);
        System.out.println("\n" + figures.table());
    }

    static void measure(Figures figures) throws Exception {
        try (UnderLoad service = UnderLoad.start()) {
            new LiveBench(service, figures).run();
        }
    }

    private void run() throws Exception {
        follow("warming up", 5, 1, LiveBench::ofTeam);
        for (int round = 0; round < ROUNDS; round++) {
            follow("a team each", SECONDS, 1.0 / TEAMS, LiveBench::ofTeam);
            follow("all each", SECONDS, 1, follower -> "");
        }
        for (String which : new String[] {"a team each", "all each"}) {
            figures.reported(which + ", p50", "ms");
            figures.atMost(which + ", p99", "ms", 250, null);
            figures.reported(which + ", sent", "MB/s");
        }
        figures.reported("all each, resident", "MB");
    }

    /** The streams of a team, of which a tenth of the followers are. */
    private static String ofTeam(int follower) {
        int team = follower % TEAMS;
        return IntStream.range(0, STREAMS / TEAMS)
                .mapToObj(i -> "dimensions.instanceId=i-bp1examp1e%08d".formatted(BASE + i * TEAMS + team))
                .collect(Collectors.joining("&", "?", ""));
    }

    private void follow(String name, int seconds, double share, IntFunction<String> query) throws Exception {
        Followers followers = new Followers(service.port(), FOLLOWERS, query);
        try (followers) {
            Await.until("all follow", PATIENCE, () -> followers.following() == FOLLOWERS);
            long started = System.nanoTime();
            Plan.Result result = service.drive(16, Traffic.Shape.FORM, BASE, STREAMS, RATE * seconds, RATE, "steady");
            result.refuseFailures();
            long expected = Math.round(Followers.noted(FOLLOWERS) * (double) RATE * seconds * share);
            if (!name.startsWith("warming")) {
                Await.until("every change has come to every one of them that is noted", PATIENCE, () -> {
                    if (followers.events() < expected) {
                        throw new IllegalStateException(followers.events() + " of " + expected + " events, "
                                + followers.following() + " of " + FOLLOWERS + " still follow");
                    }
                    return true;
                });
            }
            double took = (System.nanoTime() - started) / 1e9;
            figures.add(name + ", sent", followers.bytes() / took / (1 << 20));
            figures.add(name + ", resident", service.residentMegabytes());
            if (followers.following() != FOLLOWERS) {
                throw new IllegalStateException("only " + followers.following() + " still follow");
            }
        }
        Histogram latency = latency(followers);
        figures.add(name + ", p50", latency.getValueAtPercentile(50) / 1000.0);
        figures.add(name + ", p99", latency.getValueAtPercentile(99) / 1000.0);
    }

    /** In microseconds, by the clock of the machine that both have. */
    private Histogram latency(Followers followers) throws Exception {
        Map<String, Long> recorded = recorded();
        Histogram latency = new Histogram(3);
        for (Followers.Arrival arrival : followers.arrivals()) {
            latency.recordValue(Math.max(0, arrival.epochMicros() - recorded.get(arrival.position())));
        }
        return latency;
    }

    private Map<String, Long> recorded() throws Exception {
        Map<String, Long> recorded = new HashMap<>();
        try (Connection connection = service.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select xid::text, number, (1000000 * extract(epoch from recorded_at))::bigint from feed")) {
            while (rows.next()) {
                recorded.put(position(rows), rows.getLong(3));
            }
        }
        return recorded;
    }

    private static String position(ResultSet row) throws SQLException {
        return new FeedPosition(Long.parseLong(row.getString(1)), row.getLong(2)).text();
    }
}
