package foldback.bench;

import foldback.testing.RunningJar;
import foldback.testing.TemporaryDirectories;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.postgresql.PGConnection;

/**
 * How many rows a second are exported, beside a {@code COPY} of the same columns in the same order by one connection, on the same
 * PostgreSQL in the same run, in turn. {@code -Dbench.export} is how many signals are stored, ten an incident, {@code -Dbench.days}
 * of how many days the events are exported, {@code -Dbench.kept} a directory in which they are kept and found again.
 */
final class ExportBench {
    private static final long SIGNALS = Long.getLong("bench.export", 1_000_000);
    private static final String KEPT = System.getProperty("bench.kept", "");
    private static final int STREAMS = (int) Math.min(20_000, SIGNALS / Stored.SIGNALS / 5);
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);
    private static final String KEY = "bench";
    private static final String HEAP = "256m";

    /** A part of the events, for there are ten times as many. */
    private static final Duration RECENT = Duration.ofDays(Integer.getInteger("bench.days", 60));

    private static final String COPY = "copy (%s) to stdout";

    /** Those of an exported incident {@code i} of a stream {@code s}. */
    static final String COLUMNS = """
            i.id, i.resolved_at is null, i.resolved_at is null and i.last_at < now() - interval '25 hours', i.stream_id,
            s.user_id, s.rule_id, i.alert_name, i.namespace, i.metric_name, s.dimensions, i.instance_name, i.region_id,
            i.region_name, i.group_id, i.product_group_name, i.unit, i.labels, i.level, i.peak_level, i.signal,
            i.expression, i.trans_id, i.opened_at, i.opened_by, i.resolved_at, i.resolved_earliest, i.resolved_by,
            i.last_at, i.first_received_at, coalesce(i.resolved_at, now()) - i.opened_at, i.unobserved_micros,
            i.acknowledged_at - i.opened_at, i.resolved_at - i.opened_at, i.acknowledged_at, i.acknowledged_by,
            i.opening_value, i.current_value, i.greatest_value, i.recovery_value, i.alert_count, i.reopen_count, i.note_count
            """;

    private static final String INCIDENTS = """
            select %s
            from incidents i join streams s on s.stream_id = i.stream_id
            order by i.opened_at desc, i.id desc
            """.formatted(COLUMNS);

    private static final String EVENTS = """
            select e.id, e.stream_id, e.callback_id, e.type, e.occurred_at, e.received_at, e.recorded_at, e.time_estimated,
                e.signal, e.level, e.previous_level, e.cur_value, e.unit, e.expression, e.expression, e.trans_id, i.id,
                e.by, e.note, s.user_id, s.rule_id, e.alert_name, e.namespace, e.metric_name, s.dimensions,
                e.instance_name, e.region_id, e.group_id, e.labels
            from events e join streams s on s.stream_id = e.stream_id
            left join lateral (
                select h.id, h.last_at, h.last_id from incidents h
                where h.stream_id = e.stream_id and (h.first_at, h.first_id) <= (e.occurred_at, e.id)
                order by h.first_at desc, h.first_id desc
                limit 1
            ) i on (i.last_at, i.last_id) >= (e.occurred_at, e.id)
            where e.occurred_at >= now() - interval '%d days'
            order by e.id desc
            """.formatted(RECENT.toDays());

    private final HttpClient http = HttpClient.newHttpClient();
    private final Figures figures;
    private final StoredDatabase database;
    private final RunningJar service;

    private ExportBench(Figures figures, StoredDatabase database, RunningJar service) {
        this.figures = figures;
        this.database = database;
        this.service = service;
    }

    public static void main(String[] arguments) throws Exception {
        Figures figures = new Figures();
        measure(figures);
        System.out.println("\n" + figures.table());
    }

    static void measure(Figures figures) throws IOException, InterruptedException, SQLException {
        Path home = (KEPT.isEmpty() ? Path.of("target", "bench", "export") : Path.of(KEPT)).toAbsolutePath();
        if (KEPT.isEmpty()) {
            TemporaryDirectories.delete(home);
        }
        Files.createDirectories(home);
        try (StoredDatabase database = StoredDatabase.open(home.resolve("data"), SIGNALS, STREAMS)) {
            database.execute("vacuum analyze");
            try (RunningJar jar = RunningJar.startAsInLife(home.resolve("service"), environment(database))
                    .up()) {
                new ExportBench(figures, database, jar).run();
            }
        }
        if (KEPT.isEmpty()) {
            TemporaryDirectories.delete(home);
        }
    }

    private void run() throws IOException, InterruptedException, SQLException {
        String since = Instant.now().minus(RECENT).toString();
        for (int round = -1; round < ROUNDS; round++) {
            round(round, "incidents", INCIDENTS, "/api/incidents");
            round(round, "events", EVENTS, "/api/events?since=" + since);
        }
        for (String what : List.of("incidents", "events")) {
            for (String form : List.of("CSV", "NDJSON")) {
                figures.atLeast(what + " as " + form, "rows/s", 0.4, "copy of " + what);
            }
        }
    }

    /** The first is for the caches, of the database and of the JVM. */
    private void round(int round, String what, String copy, String list)
            throws IOException, InterruptedException, SQLException {
        double copied = copied(copy);
        double csv = exported(list, "text/csv");
        double ndjson = exported(list, "application/x-ndjson");
        if (round >= 0) {
            figures.add("copy of " + what, copied);
            figures.add(what + " as CSV", csv);
            figures.add(what + " as NDJSON", ndjson);
        }
    }

    private double copied(String select) throws SQLException, IOException {
        try (Connection connection = database.connect()) {
            long begin = System.nanoTime();
            long rows = connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut(COPY.formatted(select), OutputStream.nullOutputStream());
            return rows * 1e9 / (System.nanoTime() - begin);
        }
    }

    /** Rows a second. */
    private double exported(String list, String accept) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + list))
                .header("Authorization", "Bearer " + KEY)
                .header("Accept", accept)
                .build();
        long begin = System.nanoTime();
        HttpResponse<InputStream> answer = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(list + " answered " + answer.statusCode() + service.output());
            }
            return RowCount.ofLines(body) * 1e9 / (System.nanoTime() - begin);
        } catch (IOException e) {
            throw new IOException(list + " was cut off: " + service.output(), e);
        }
    }

    private static Map<String, String> environment(StoredDatabase database) {
        Map<String, String> environment = new HashMap<>(database.environment());
        environment.put("FOLDBACK_ACCESS_TOKENS_BENCH", "a".repeat(64));
        environment.put("FOLDBACK_ACCESS_KEYS_BENCH_HASH", Sha256.hex(KEY));
        environment.put("FOLDBACK_ACCESS_KEYS_BENCH_ROLE", "viewer");
        environment.put("JAVA_TOOL_OPTIONS", "-Xmx" + HEAP);
        return environment;
    }
}
