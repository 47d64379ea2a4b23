package foldback.bench;

/**
 * Measures what the service does against what its PostgreSQL could do, in one run, and prints a table: {@code ./mvnw -Pbench verify}. Each part
 * can be run by itself, with {@code -Dbench.class}, and has options of its own.
 */
final class Benchmark {
    private Benchmark() {}

    public static void main(String[] arguments) throws Exception {
        Figures figures = new Figures();
        Throughput.measure(figures);
        BesideStored.measure(figures);
        RebuildBench.measure(figures);
        Questions.measure(figures);
        ExportBench.measure(figures);
        ReportBench.measure(figures);
        IndexCost.measure(figures);
        LiveBench.measure(figures);
        InMemory.measure(figures);
        System.out.println("\n" + figures.table());
    }
}
