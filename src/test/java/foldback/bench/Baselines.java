package foldback.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;
import org.postgresql.PGConnection;

/** What PostgreSQL does with the service's own rows when nothing of the service is in the way, on the same server. */
final class Baselines {
    private static final String MAKE = """
            drop table if exists bench_events, bench_heads, bench_incidents;
            create table bench_events (like events including defaults including constraints including indexes);
            create table bench_heads (like stream_heads including all);
            create table bench_incidents (like incidents including all)
            """;
    private static final String EMPTY = "truncate bench_events, bench_heads, bench_incidents";
    private static final String ROWS = "select * from events order by id desc limit ";
    private static final String HEADS =
            "select h.* from (" + ROWS + "%d) e join stream_heads h using (stream_id) order by e.id desc";
    private static final String INCIDENTS = """
            select i.* from (%s%d) e join stream_heads h using (stream_id)
            join incidents i on i.stream_id = h.stream_id and i.id = h.incident_id order by e.id desc
            """;
    private static final int WRITERS = 16;
    private static final Duration PAUSE = Duration.ofMillis(10);

    private final UnderLoad service;
    private final Path file;

    Baselines(UnderLoad service, int rows) throws IOException, SQLException {
        this.service = service;

        this.file = Path.of("target", "bench", "events.copy").toAbsolutePath();
        try (Connection connection = service.connect();
                Statement statement = connection.createStatement();
                OutputStream out = Files.newOutputStream(file)) {
            statement.execute(MAKE);
            connection.unwrap(PGConnection.class).getCopyAPI().copyOut("copy (" + ROWS + rows + ") to stdout", out);
        }
    }

    /** The latest events of the service, copied over one connection into a table with the same keys and indexes: rows a second. */
    double copy() throws IOException, SQLException {
        try (Connection connection = service.connect();
                Statement statement = connection.createStatement();
                InputStream in = Files.newInputStream(file)) {
            statement.execute(EMPTY);
            long started = System.nanoTime();
            long copied = connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("copy bench_events from stdin", in, 1 << 16);
            return copied / seconds(started);
        }
    }

    /** One transaction a callback over 16 connections: its event, its stream's head, its incident. Callbacks a second. */
    double oneByOne(int callbacks) throws IOException, SQLException, InterruptedException {
        List<Object[]> events = rows(ROWS + callbacks);
        List<Object[]> heads = rows(HEADS.formatted(callbacks));
        List<Object[]> incidents = rows(INCIDENTS.formatted(ROWS, callbacks));
        AtomicInteger next = new AtomicInteger();
        ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
        List<Connection> connections = new ArrayList<>();
        try {
            for (int i = 0; i < WRITERS; i++) {
                connections.add(service.connect());
            }
            connections.get(0).createStatement().execute(EMPTY);
            long started = System.nanoTime();
            List<Future<?>> ends = new ArrayList<>();
            for (Connection connection : connections) {
                ends.add(writers.submit(() -> {
                    write(connection, next, events, heads, incidents);
                    return null;
                }));
            }
            for (Future<?> end : ends) {
                end.get();
            }
            return callbacks / seconds(started);
        } catch (ExecutionException e) {
            throw new SQLException(e.getCause());
        } finally {
            writers.shutdown();
            for (Connection connection : connections) {
                connection.close();
            }
        }
    }

    private static void write(
            Connection connection,
            AtomicInteger next,
            List<Object[]> events,
            List<Object[]> heads,
            List<Object[]> incidents)
            throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement event = insert(connection, "bench_events", "");
                PreparedStatement head = insert(connection, "bench_heads", "stream_id");
                PreparedStatement incident = insert(connection, "bench_incidents", "stream_id, id")) {
            for (int i = next.getAndIncrement(); i < events.size(); i = next.getAndIncrement()) {
                execute(event, events.get(i));
                execute(head, heads.get(i));
                execute(incident, incidents.get(i));
                connection.commit();
            }
        }
    }

    /**
     * One insert and commit after the other, with a pause between, until it is stopped: what a durable write costs while the service
     * does what it does. Microseconds.
     */
    Histogram probe(BooleanSupplier go) throws IOException, SQLException {
        Histogram histogram = new Histogram(TimeUnit.MINUTES.toMicros(2), 3);
        List<Object[]> events = rows(ROWS + 2000);
        try (Connection connection = service.connect();
                PreparedStatement event = insert(connection, "bench_events", "")) {
            connection.createStatement().execute(EMPTY);
            connection.setAutoCommit(false);
            for (int i = 0; i < events.size() && go.getAsBoolean(); i++) {
                long started = System.nanoTime();
                execute(event, events.get(i));
                connection.commit();
                histogram.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - started));
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
        return histogram;
    }

    private static PreparedStatement insert(Connection connection, String table, String key) throws SQLException {
        List<String> columns = new ArrayList<>();
        try (ResultSet row = connection.getMetaData().getColumns(null, null, table, null)) {
            while (row.next()) {
                columns.add("\"" + row.getString("COLUMN_NAME") + "\"");
            }
        }
        String values = "?" + ", ?".repeat(columns.size() - 1);
        String sets = String.join(
                ", ", columns.stream().map(name -> name + " = excluded." + name).toList());
        String conflict = key.isEmpty() ? "" : " on conflict (" + key + ") do update set " + sets;
        return connection.prepareStatement("insert into " + table + " values (" + values + ")" + conflict);
    }

    private static void execute(PreparedStatement statement, Object[] row) throws SQLException {
        for (int i = 0; i < row.length; i++) {
            if (row[i] instanceof String) {
                statement.setObject(i + 1, row[i], Types.OTHER);
            } else {
                statement.setObject(i + 1, row[i]);
            }
        }
        statement.executeUpdate();
    }

    private List<Object[]> rows(String sql) throws IOException, SQLException {
        List<Object[]> found = new ArrayList<>();
        try (Connection connection = service.connect();
                ResultSet row = connection.createStatement().executeQuery(sql)) {
            int width = row.getMetaData().getColumnCount();
            while (row.next()) {
                Object[] values = new Object[width];
                for (int i = 0; i < width; i++) {
                    values[i] = row.getObject(i + 1);
                }
                found.add(values);
            }
        }
        return found;
    }

    private static double seconds(long started) {
        return (System.nanoTime() - started) / 1e9;
    }
}
