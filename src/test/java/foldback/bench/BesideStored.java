package foldback.bench;

import foldback.testing.TemporaryDirectories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How many callbacks a second are recorded beside a year of stored history, and beside nothing: two services, of which one has it in its
 * database, in turn, so that both see the same minutes of the machine. {@code -Dbench.stored} is how many signals are stored, ten an
 * incident; {@code -Dbench.kept} a directory in which they are kept and found again.
 */
final class BesideStored {
    private static final long STORED = Long.getLong("bench.stored", 1_000_000);
    private static final String KEPT = System.getProperty("bench.kept", "");
    private static final int STORED_STREAMS = (int) Math.min(20_000, STORED / Stored.SIGNALS / 5);
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);
    private static final int CALLBACKS = Integer.getInteger("bench.callbacks", 60_000);
    private static final int CONNECTIONS = 256;
    private static final int STREAMS = 10_000;

    /** A history that is kept has met the streams of earlier runs. */
    private final int base = STREAMS * ThreadLocalRandom.current().nextInt(200, 9_000);

    private final Figures figures;
    private final UnderLoad empty;
    private final UnderLoad full;

    private BesideStored(Figures figures, UnderLoad empty, UnderLoad full) {
        this.figures = figures;
        this.empty = empty;
        this.full = full;
    }

    public static void main(String[] arguments) throws Exception {
        Figures figures = new Figures();
        measure(figures);
        System.out.println("\n" + figures.table());
    }

    static void measure(Figures figures) throws IOException, InterruptedException, SQLException {
        Path directory = KEPT.isEmpty() ? Path.of("target", "bench", "stored") : Path.of(KEPT);
        if (KEPT.isEmpty()) {
            TemporaryDirectories.delete(directory);
        }
        Path data = Files.createDirectories(directory).toAbsolutePath();
        StoredDatabase.open(data.resolve("data"), STORED, STORED_STREAMS).close();
        try (UnderLoad empty = UnderLoad.start();
                UnderLoad full = UnderLoad.on(data)) {
            new BesideStored(figures, empty, full).run();
        }
        if (KEPT.isEmpty()) {
            TemporaryDirectories.delete(directory);
        }
    }

    private void run() throws IOException, InterruptedException {
        for (int warming = 0; warming < 2; warming++) {
            for (Traffic.Shape shape : Traffic.Shape.values()) {
                drive(empty, shape);
                drive(full, shape);
            }
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (Traffic.Shape shape : Traffic.Shape.values()) {
                figures.add(beside(shape, "nothing"), drive(empty, shape));
                figures.add(beside(shape, "%,d".formatted(STORED)), drive(full, shape));
            }
        }
        full.audit();
        for (Traffic.Shape shape : Traffic.Shape.values()) {
            figures.atLeast(beside(shape, "%,d".formatted(STORED)), "/s", 0.8, beside(shape, "nothing"));
        }
    }

    private static String beside(Traffic.Shape shape, String stored) {
        return "%s beside %s stored".formatted(shape.name().toLowerCase(Locale.ROOT), stored);
    }

    private double drive(UnderLoad service, Traffic.Shape shape) throws IOException, InterruptedException {
        Plan.Result result = service.drive(CONNECTIONS, shape, base, STREAMS, CALLBACKS, 0, "steady");
        result.refuseFailures();
        return result.rate();
    }
}
