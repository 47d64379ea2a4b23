package foldback.bench;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.HdrHistogram.Histogram;

/**
 * How many callbacks the service records a second, how long it takes to answer at half of that, and what a storm makes of it, beside what
 * its PostgreSQL could do. {@code -Dbench.rounds} is how often, {@code -Dbench.callbacks} how many in a round.
 */
final class Throughput {
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);
    private static final int CALLBACKS = Integer.getInteger("bench.callbacks", 60_000);
    private static final int STREAMS = 10_000;
    private static final int STORM_CALLBACKS = 100_000;
    private static final int STORM_STREAMS = 1_000;

    private final UnderLoad service;
    private final Figures figures;

    private Throughput(UnderLoad service, Figures figures) {
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
            new Throughput(service, figures).run();
        }
    }

    private void run() throws Exception {
        for (int i = 0; i < 4; i++) {
            service.drive(
                    256, i % 2 == 0 ? Traffic.Shape.FORM : Traffic.Shape.JSON, 0, STREAMS, CALLBACKS, 0, "steady");
        }
        Baselines baselines = new Baselines(service, CALLBACKS);
        for (int round = 0; round < ROUNDS; round++) {
            rates();
            figures.add("copy", baselines.copy());
            figures.add("one by one", baselines.oneByOne(CALLBACKS / 4));
            storm(round);
        }
        latency(baselines);
        figures.add("heap", service.heapMegabytes());
        figures.add("resident", service.residentMegabytes());
        service.audit();
        for (Traffic.Shape shape : Traffic.Shape.values()) {
            for (int connections : new int[] {64, 256}) {
                figures.atLeast(rate(shape, connections), "/s", 0.20, "copy");
                figures.atLeast(rate(shape, connections), "/s", 3, "one by one");
            }
        }
        figures.atLeast("storm", "/s", 0.6, rate(Traffic.Shape.FORM, 256));
        figures.atMost("p99", "µs", 5, "insert and commit");
        figures.atMost("p99.9", "µs", 20, "insert and commit");
        figures.compare("p99", "µs", "its p99");
        figures.compare("p99.9", "µs", "its p99.9");
        figures.atMost("heap", "MB", 512, null);
        figures.atMost("resident", "MB", 900, null);
    }

    private static String rate(Traffic.Shape shape, int connections) {
        return shape.name().toLowerCase(java.util.Locale.ROOT) + " " + connections;
    }

    private void rates() throws Exception {
        for (Traffic.Shape shape : Traffic.Shape.values()) {
            for (int connections : new int[] {64, 256}) {
                Plan.Result result = service.drive(connections, shape, 0, STREAMS, CALLBACKS, 0, "steady");
                result.refuseFailures();
                figures.add(rate(shape, connections), result.rate());
            }
        }
    }

    /** Each on streams of its own, so that none finds the others' signals. */
    private void storm(int round) throws Exception {
        Plan.Result result = service.drive(
                256, Traffic.Shape.FORM, 1_000_000 + round * STORM_STREAMS, STORM_STREAMS, STORM_CALLBACKS, 0, "storm");
        result.refuseFailures();
        figures.add("storm", result.rate());
    }

    private void latency(Baselines baselines) throws Exception {
        long half = Math.round(figures.median(rate(Traffic.Shape.FORM, 256)) / 2);
        for (int round = 0; round < ROUNDS; round++) {
            AtomicBoolean driving = new AtomicBoolean(true);
            CompletableFuture<Histogram> probe = CompletableFuture.supplyAsync(() -> {
                try {
                    return baselines.probe(driving::get);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            Plan.Result result = service.drive(256, Traffic.Shape.FORM, 0, STREAMS, (int) half * 12, half, "steady");
            driving.set(false);
            result.refuseFailures();
            figures.add("p50", (double) result.p50());
            figures.add("p99", (double) result.p99());
            figures.add("p99.9", (double) result.p999());
            Histogram single = probe.get();
            figures.add("insert and commit", (double) single.getValueAtPercentile(50));
            figures.add("its p99", (double) single.getValueAtPercentile(99));
            figures.add("its p99.9", (double) single.getValueAtPercentile(99.9));
        }
    }
}
