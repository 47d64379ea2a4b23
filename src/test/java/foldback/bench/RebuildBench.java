package foldback.bench;

import foldback.testing.RunningJar;
import foldback.testing.TemporaryDirectories;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * How fast the whole log is folded again, beside a single-connection COPY of the same event rows, on the same PostgreSQL in the same run:
 * a dry rebuild, one that finds nothing, and one after all incidents were truncated. The service is the packaged jar, with a heap that
 * it would outgrow soon if it kept anything. {@code -Dbench.rebuild} is how many signals are stored, {@code -Dbench.rebuild.streams} of
 * how many streams.
 */
final class RebuildBench {
    private static final long SIGNALS = Long.getLong("bench.rebuild", 1_000_000);
    private static final int STREAMS = Integer.getInteger("bench.rebuild.streams", 10_000);
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);
    private static final String KEY = "bench";
    private static final String HEAP = "256m";
    private static final long COPIED = 200_000;
    private static final String COPY = "copy of stored events";
    private static final String DRY = "rebuild, dry";
    private static final String SAME = "rebuild, nothing differs";
    private static final String LOST = "rebuild, incidents lost";
    private static final int STRETCHES = 10;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Figures figures;
    private final RunningJar service;
    private final CollectedHeap heap;

    private RebuildBench(Figures figures, RunningJar service, CollectedHeap heap) {
        this.figures = figures;
        this.service = service;
        this.heap = heap;
    }

    public static void main(String[] arguments) throws Exception {
        Figures figures = new Figures();
        measure(figures);
        System.out.println("\n" + figures.table());
    }

    static void measure(Figures figures) throws IOException, InterruptedException, SQLException {
        Path home = Path.of("target", "bench", "rebuild").toAbsolutePath();
        TemporaryDirectories.delete(home);
        Files.createDirectories(home);
        try (StoredDatabase database = StoredDatabase.open(home.resolve("data"), SIGNALS, STREAMS)) {
            run(figures, database, home);
        }
        TemporaryDirectories.delete(home);
        for (String name : List.of(DRY, SAME, LOST)) {
            figures.atLeast(name, "/s", 1, COPY);
            figures.atMost(held(name, "second half"), "MB", 1.2, held(name, "first half"));
        }
    }

    private static void run(Figures figures, StoredDatabase database, Path home)
            throws IOException, InterruptedException, SQLException {
        CollectedHeap heap = new CollectedHeap(home.resolve("collections.log"));
        try (RunningJar jar = RunningJar.startAsInLife(home.resolve("service"), environment(database, heap))
                .up()) {
            RebuildBench bench = new RebuildBench(figures, jar, heap);
            for (int round = 0; round < ROUNDS; round++) {
                figures.add(COPY, CopyBaseline.rate(database, Math.min(SIGNALS, COPIED)));
                bench.rebuild(DRY, "?dryRun=true");
                bench.rebuild(SAME, "");
                database.execute("truncate incidents");
                bench.rebuild(LOST, "");
            }
        }
    }

    private static Map<String, String> environment(StoredDatabase database, CollectedHeap heap) {
        Map<String, String> environment = new HashMap<>(database.environment());
        environment.put("FOLDBACK_ACCESS_TOKENS_BENCH", "a".repeat(64));
        environment.put("FOLDBACK_ACCESS_KEYS_BENCH_HASH", Sha256.hex(KEY));
        environment.put("FOLDBACK_ACCESS_KEYS_BENCH_ROLE", "admin");
        String options = System.getProperty("foldback-bench.options", "");
        environment.put("JAVA_TOOL_OPTIONS", "-Xmx" + HEAP + " " + heap.option() + " " + options);
        return environment;
    }

    private void rebuild(String name, String query) throws IOException, InterruptedException {
        heap.begin();
        ask("POST", "/api/rebuild" + query);
        JsonPath progress;
        do {
            LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
            progress = JsonPath.from(ask("GET", "/api/rebuild"));
        } while ("running".equals(progress.getString("state")));
        if (!"finished".equals(progress.getString("state"))) {
            throw new IllegalStateException(progress.prettify() + service.output());
        }
        Duration took = Duration.between(
                Instant.parse(progress.getString("startedAt")), Instant.parse(progress.getString("finishedAt")));
        figures.add(name, progress.getLong("done") * 1000.0 / took.toMillis());
        held(name);
    }

    private void held(String name) throws IOException {
        List<Integer> held = heap.held(STRETCHES);
        System.out.printf("%s, MB held after collections, from its beginning to its end: %s%n", name, held);
        figures.add(held(name, "first half"), most(held.subList(0, held.size() / 2)));
        figures.add(held(name, "second half"), most(held.subList(held.size() / 2, held.size())));
    }

    private static String held(String name, String when) {
        return name + ", heap in its " + when;
    }

    private static int most(List<Integer> held) {
        return held.stream().max(Integer::compare).orElseThrow();
    }

    private String ask(String method, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + path))
                .header("Authorization", "Bearer " + KEY)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new IllegalStateException(path + " answered " + response.statusCode() + ": " + response.body());
        }
        return response.body();
    }
}
