package foldback.bench;

import foldback.testing.RunningJar;
import foldback.testing.TemporaryDirectories;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/**
 * How long reports over a year of stored history take, each beside a bare grouping of the same incidents in SQL, on the same PostgreSQL in
 * the same run, in turn; how many rows a second are behind one, beside a {@code COPY} of them as CSV; and how much heap that takes.
 * {@code -Dbench.stored} is how many signals are stored, ten an incident, {@code -Dbench.kept} a directory in which they are kept and found
 * again.
 */
final class ReportBench {
    private static final long STORED = Long.getLong("bench.stored", 1_000_000);
    private static final String KEPT = System.getProperty("bench.kept", "");
    private static final int STREAMS = (int) Math.min(20_000, STORED / Stored.SIGNALS / 5);
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);
    private static final long ROWS = Math.min(200_000, STORED / Stored.SIGNALS);
    private static final String KEY = "bench";
    static final String ZONE = "Asia/Shanghai";
    static final String PATH = "/api/reports/resolution-time";
    private static final String HEAP = "heap above idle";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Figures figures;
    private final StoredDatabase database;
    private final RunningJar service;
    private final CollectedHeap heap;
    private final Instant until = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final Instant since = until.minus(365, ChronoUnit.DAYS);

    private ReportBench(Figures figures, StoredDatabase database, RunningJar service, CollectedHeap heap) {
        this.figures = figures;
        this.database = database;
        this.service = service;
        this.heap = heap;
    }

    public static void main(String[] arguments) throws Exception {
        Figures figures = new Figures();
        measure(figures);
        System.out.println("\n" + figures.table());
    }

    static void measure(Figures figures) throws IOException, InterruptedException, SQLException {
        Path home = (KEPT.isEmpty() ? Path.of("target", "bench", "report") : Path.of(KEPT)).toAbsolutePath();
        if (KEPT.isEmpty()) {
            TemporaryDirectories.delete(home);
        }
        Files.createDirectories(home);
        CollectedHeap heap = new CollectedHeap(home.resolve("collections.log"));
        try (StoredDatabase database = StoredDatabase.open(home.resolve("data"), STORED, STREAMS);
                RunningJar jar = RunningJar.startAsInLife(home.resolve("service"), environment(database, heap))
                        .up()) {
            new ReportBench(figures, database, jar, heap).run();
        }
        if (KEPT.isEmpty()) {
            TemporaryDirectories.delete(home);
        }
    }

    private void run() throws IOException, InterruptedException, SQLException {
        int idle = idle();
        heap.begin();
        BehindReport behind = new BehindReport(database, this::rows, ROWS, until);
        for (int round = -1; round < ROUNDS; round++) {
            for (Grouping grouping : Grouping.ALL) {
                measured(round, grouping.bare(), bare(grouping));
                measured(round, grouping.keys(), report(PATH, "&tz=" + ZONE + "&groupBy=" + encoded(grouping.keys())));
            }
            measured(round, "distribution", report("/api/reports/distribution", ""));
            measured(round, "noise", report("/api/reports/noise", ""));
            measured(round, "rows copied", behind.copied());
            measured(round, "rows as CSV", behind.asCsv());
            measured(round, "rows as XLSX", behind.asXlsx());
        }
        figures.add(HEAP, Collections.max(heap.held(2)) - (double) idle);
        for (Grouping grouping : Grouping.ALL) {
            figures.atMost(grouping.keys(), "ms", grouping.bar(), grouping.bare());
        }
        figures.reported("distribution", "ms");
        figures.reported("noise", "ms");
        figures.atLeast("rows as CSV", "rows/s", 0.4, "rows copied");
        figures.atLeast("rows as XLSX", "rows/s", 0.1, "rows copied");
        figures.atMost(HEAP, "MB", 256, null);
    }

    /** The first round is for the caches, of the database and of the JVM. */
    private void measured(int round, String name, double value) {
        if (round >= 0) {
            figures.add(name, value);
        }
    }

    /** What is held when nobody asks, in MB. */
    private int idle() throws IOException, InterruptedException {
        heap.begin();
        for (int i = 0; i < 2; i++) {
            Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
            new ProcessBuilder(jcmd.toString(), Long.toString(service.pid()), "GC.run")
                    .start()
                    .waitFor();
        }
        return heap.held(2).get(1);
    }

    /** In milliseconds. */
    private double bare(Grouping grouping) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            long begin = System.nanoTime();
            try (ResultSet rows = statement.executeQuery(grouping.query(since, until))) {
                while (rows.next()) {
                    rows.getString(1);
                }
            }
            return (System.nanoTime() - begin) / 1e6;
        }
    }

    /** In milliseconds, of the year. */
    private double report(String path, String more) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        rows(path + "?since=" + since + "&until=" + until + more, RowCount::ofLines);
        return (System.nanoTime() - begin) / 1e6;
    }

    /** How many the answer has. */
    private long rows(String path, RowCount count) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + path))
                .header("Authorization", "Bearer " + KEY)
                .build();
        HttpResponse<InputStream> answer = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(path + " answered " + answer.statusCode() + service.output());
            }
            return count.of(body);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static Map<String, String> environment(StoredDatabase database, CollectedHeap heap) {
        Map<String, String> environment = new HashMap<>(database.environment());
        environment.put("FOLDBACK_ACCESS_TOKENS_BENCH", "a".repeat(64));
        environment.put("FOLDBACK_ACCESS_KEYS_BENCH_HASH", Sha256.hex(KEY));
        environment.put("FOLDBACK_ACCESS_KEYS_BENCH_ROLE", "viewer");
        environment.put("JAVA_TOOL_OPTIONS", "-Xmx512m " + heap.option());
        return environment;
    }
}
