package foldback.bench;

import java.io.IOException;
import java.util.Collection;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** What the reader and the fold take by themselves, in time and in bytes allocated: JMH, in processes of their own. */
final class InMemory {
    private static final String BYTES = "gc.alloc.rate.norm";

    private InMemory() {}

    public static void main(String[] arguments) throws Exception {
        Figures figures = new Figures();
        measure(figures);
        System.out.println("\n" + figures.table());
    }

    static void measure(Figures figures) throws IOException, RunnerException {
        for (RunResult result : run()) {
            add(figures, result);
        }
        for (String kind : new String[] {"form", "json"}) {
            figures.atMost("decoder, " + kind, "ns", 4, "readTree, " + kind);
            figures.atMost("decoder, " + kind + ", allocated", "B", 4, "readTree, " + kind + ", allocated");
        }
        figures.reported("fold, an event", "ns");
        figures.reported("fold, an event, allocated", "B");
    }

    private static Collection<RunResult> run() throws RunnerException {
        Options options = new OptionsBuilder()
                .include(Decoding.class.getName())
                .include(Folding.class.getName())
                .mode(Mode.AverageTime)
                .forks(1)
                .warmupIterations(5)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(9)
                .measurementTime(TimeValue.seconds(1))
                .addProfiler(GCProfiler.class)
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true)
                .build();
        return new Runner(options).run();
    }

    /** Every iteration is a round: medians of them are what is reported. */
    private static void add(Figures figures, RunResult result) throws IOException {
        String name = name(result.getParams());
        int bodies = bodies(result.getParams());
        for (IterationResult iteration : result.getAggregatedResult().getIterationResults()) {
            figures.add(name, iteration.getPrimaryResult().getScore() / bodies);
            figures.add(
                    name + ", allocated",
                    iteration.getSecondaryResults().get(BYTES).getScore() / bodies);
        }
    }

    private static String name(BenchmarkParams benchmark) {
        String name = benchmark.getBenchmark();
        String method = name.substring(name.lastIndexOf('.') + 1);
        return "fold".equals(method) ? "fold, an event" : method + ", " + benchmark.getParam("kind");
    }

    private static int bodies(BenchmarkParams benchmark) throws IOException {
        String kind = benchmark.getParam("kind");
        return kind == null ? 1 : Decoding.bodies(kind).size();
    }
}
