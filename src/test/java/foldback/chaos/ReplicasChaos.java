package foldback.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.testing.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three services on one database: the clock of one is a minute ahead, that of another a minute behind. */
class ReplicasChaos {
    private static final int MINUTE = 60;
    private static final int HOT_STREAMS = 24;
    private static final int CALLBACKS = 2500;
    private static final int ACTIONS = 20;
    private static final Duration MEASURED = Duration.ofSeconds(4);

    private static final String INCIDENTS = "select i::text from incidents i order by stream_id, id";

    /** Without ids and receipts, of one account. */
    private static final String FOLDED = """
            select s.dimensions, i.opened_at, i.opened_by, i.resolved_at, i.resolved_by, i.resolved_earliest, i.signal, i.level,
                i.peak_level, i.alert_count, i.reopen_count, i.unobserved_micros, i.opening_value, i.current_value, i.recovery_value,
                i.greatest_value
            from incidents i join streams s using (stream_id)
            where s.rule_id = '%s' and s.user_id = '%s' and s.dimensions ->> 'instanceId' = any ('{%s}')
            order by s.dimensions, i.opened_at
            """;

    @TempDir
    Path home;

    private final List<Exchange> exchanges = new ArrayList<>();

    @Test
    void theyAgreeWhateverTheirClocksSay() throws Exception {
        try (Replicas replicas = new Replicas(home)) {
            replicas.start(0);
            replicas.start(MINUTE);
            throughput(replicas);
            replicas.start(-MINUTE);
            Mixture rivals = contend(replicas);
            assertEquals(
                    List.of(),
                    exchanges.stream().filter(one -> !one.acknowledged()).toList(),
                    "not taken");
            Audit.check(replicas.database, replicas.api(1), exchanges);
            clocksAreApart();
            liveIsRebuilt(replicas);
            orderIsNothing(replicas, rivals);
        }
    }

    /** Reported, not asserted: two replicas, the database and the load share the processors of one machine. */
    private void throughput(Replicas replicas) {
        measured(replicas, 2, "warm-up");
        double one = measured(replicas, 1, "one");
        double two = measured(replicas, 2, "two");
        System.out.printf("callbacks a second: one replica %.0f, two replicas %.0f: %.2f times%n", one, two, two / one);
    }

    private double measured(Replicas replicas, int count, String name) {
        try (Load load = Load.closed(replicas.target(count), 64, new Mixture(1, name, 2000))) {
            long began = System.nanoTime();
            Trial.pause(MEASURED.toMillis());
            long acknowledged = load.tally.acknowledged();
            double seconds = (System.nanoTime() - began) / 1e9;
            exchanges.addAll(load.stop());
            return acknowledged / seconds;
        }
    }

    /** All of them write to the same few streams at once, and somebody acts on the incidents of half of those. */
    private Mixture contend(Replicas replicas) throws SQLException {
        Mixture rivals = new Mixture(2, "rivals", HOT_STREAMS);
        Mixture attended = new Mixture(3, "attended", HOT_STREAMS);
        try (Load one = Load.closed(replicas.target(3), 24, rivals);
                Load other = Load.closed(replicas.target(3), 24, attended);
                People people = new People(replicas.apis(), attended.rule())) {
            Await.until(
                    "enough is recorded, and done by people",
                    Duration.ofMinutes(2),
                    () -> one.tally.recorded() >= CALLBACKS
                            && other.tally.recorded() >= CALLBACKS
                            && people.acted() > ACTIONS);
            people.audit(replicas.database);
            exchanges.addAll(one.stop());
            exchanges.addAll(other.stop());
        }
        return rivals;
    }

    /** The ids of callbacks are made of the clock of the process that received them. */
    private void clocksAreApart() {
        List<Long> ahead = exchanges.stream()
                .filter(exchange -> exchange.status() == 200)
                .collect(java.util.stream.Collectors.groupingBy(
                        Exchange::port,
                        java.util.stream.Collectors.averagingLong(
                                exchange -> clock(exchange) - TimeUnit.NANOSECONDS.toMillis(exchange.answeredAt()))))
                .values()
                .stream()
                .map(Double::longValue)
                .sorted()
                .toList();
        long apart = Duration.ofSeconds(MINUTE - 10).toMillis();
        assertEquals(3, ahead.size());
        assertTrue(ahead.get(1) - ahead.get(0) > apart && ahead.get(2) - ahead.get(1) > apart, ahead::toString);
    }

    private static long clock(Exchange exchange) {
        return UUID.fromString(exchange.json().path("callbackId").asText()).getMostSignificantBits() >>> 16;
    }

    private static void liveIsRebuilt(Replicas replicas) throws SQLException, IOException {
        List<String> live = replicas.database.ask(INCIDENTS);
        try (Connection connection = replicas.database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("truncate incidents");
        }
        assertEquals("finished", replicas.api(2).rebuild(false).path("state").asText());
        assertEquals(live, replicas.database.ask(INCIDENTS), "ids included");
    }

    /** The same said again for another account, in the order of its occurrence and by one sender, comes to the same. */
    private void orderIsNothing(Replicas replicas, Mixture rivals) throws SQLException {
        String another = "2098765432101234";
        Iterator<Said> inOrder = rivals.saidWithTime().stream()
                .sorted(Comparator.comparingLong(Said::at))
                .iterator();
        try (Load load =
                Load.closed(replicas.target(1), 1, () -> inOrder.hasNext() ? Shot.of(inOrder.next(), another) : null)) {
            assertTrue(load.finish().stream().allMatch(Exchange::acknowledged));
        }
        assertEquals(folded(replicas, rivals, rivals.userId()), folded(replicas, rivals, another));
    }

    /** Of the streams that hear a time: what comes without one occurs when it arrives. */
    private static List<String> folded(Replicas replicas, Mixture mixture, String userId) throws SQLException {
        String dimensions = java.util.stream.IntStream.range(0, HOT_STREAMS)
                .mapToObj(stream -> "i-" + stream)
                .collect(java.util.stream.Collectors.joining(","));
        List<String> folded = replicas.database.ask(FOLDED.formatted(mixture.rule(), userId, dimensions));
        assertTrue(folded.size() > HOT_STREAMS, "there are incidents");
        return folded;
    }
}
