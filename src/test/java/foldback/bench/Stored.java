package foldback.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

/**
 * A year of callbacks that were, put straight into the tables by SQL as the application's role: the log, its streams with their heads,
 * and the incidents that it folds to. The same seed gives the same history. What a benchmark wants to find stored is there in minutes
 * rather than hours, and a dry rebuild of it differs in nothing.
 *
 * <p>Events lie in the order in which they came, the streams mixed, as they do in life: a generator that wrote one stream after the other
 * would make every reading of a stream look cheaper than it is.
 */
public final class Stored {
    /** Signals of an incident on the average: exactly so over five incidents of a stream. */
    public static final int SIGNALS = 10;

    private static final int SIGNALS_A_TRANSACTION = 100_000;
    private static final int LOADERS = 2;
    private static final int DAYS = 360;

    private static final String COUNT = """
            insert into callback_counts as c (replica, lane, received, recorded, duplicate, quarantined)
            values ('stored', 0, ?, ?, 0, 0)
            on conflict (replica, lane) do update set
                received = c.received + excluded.received, recorded = c.recorded + excluded.recorded
            """;

    private static final String FOLD_VERSION =
            "insert into fold_versions (reopen_within_millis) select 0 where not exists (select from fold_versions)";

    private static final String TABLES = """
            select relid::text from pg_partition_tree('events') where isleaf
            union all
            values ('incidents'), ('streams')
            """;

    private final long seed;
    private final int streams;
    private final int incidentsAStream;
    private final Instant until;

    /**
     * @param seed tells histories apart, their streams included
     * @param incidentsAStream a multiple of five
     * @param until the end of the history, a year after its beginning
     */
    public Stored(long seed, int streams, int incidentsAStream, Instant until) {
        if (streams < 1 || incidentsAStream < 5 || incidentsAStream % 5 != 0) {
            throw new IllegalArgumentException(
                    "streams " + streams + " have a multiple of five incidents each, not " + incidentsAStream);
        }
        this.seed = seed;
        this.streams = streams;
        this.incidentsAStream = incidentsAStream;
        this.until = until;
    }

    /** {@code url user password signals streams}: for a database that somebody wants to look at. */
    public static void main(String[] arguments) throws SQLException {
        int streams = Integer.parseInt(arguments[4]);
        int incidents = (int) (Long.parseLong(arguments[3]) / streams / SIGNALS);
        Instant until = Instant.now().truncatedTo(ChronoUnit.DAYS);
        new Stored(1, streams, incidents, until).load(arguments[0], arguments[1], arguments[2]);
    }

    public long signals() {
        return incidents() * SIGNALS;
    }

    public long incidents() {
        return (long) streams * incidentsAStream;
    }

    /** Loads it into a migrated database whose partitions are made; what is in there already stays. */
    public void load(String url, String user, String password) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, user, password)) {
            execute(connection, FOLD_VERSION);
            new StoredStreams(seed, streams).write(connection);
            SearchIndexes indexes = new SearchIndexes(connection);
            indexes.drop(connection);
            try {
                inParallel(url, user, password, this::loadPart);
            } finally {
                inParallel(url, user, password, (part, loader) -> indexes.make(loader));
            }
            Queue<String> tables = tables(connection);
            inParallel(url, user, password, (part, loader) -> vacuum(tables, loader));
            StoredHeads.write(connection);
            count(connection);
            execute(connection, "drop table stored_streams");
            execute(connection, "vacuum (analyze) stream_heads");
            execute(connection, "analyze events");
        }
    }

    @FunctionalInterface
    private interface Loading {
        void run(int loader, Connection connection) throws SQLException;
    }

    private static void inParallel(String url, String user, String password, Loading loading) {
        List<CompletableFuture<Void>> loaders = IntStream.range(0, LOADERS)
                .mapToObj(loader -> CompletableFuture.runAsync(() -> {
                    try (Connection connection = DriverManager.getConnection(url, user, password)) {
                        loading.run(loader, connection);
                    } catch (SQLException e) {
                        throw new CompletionException(e);
                    }
                }))
                .toList();
        loaders.forEach(CompletableFuture::join);
    }

    /** Each loader writes a stretch of time, so that each fills other partitions, from left to right. */
    private void loadPart(int loader, Connection connection) throws SQLException {
        int from = (int) ((long) incidentsAStream * loader / LOADERS);
        int to = (int) ((long) incidentsAStream * (loader + 1) / LOADERS);
        loadTurns(new StoredEvents(connection, seed, incidentsAStream, until, DAYS), from, to);
    }

    private void loadTurns(StoredEvents events, int from, int to) throws SQLException {
        int step = Math.max(1, SIGNALS_A_TRANSACTION / SIGNALS / streams);
        for (int turn = from; turn < to; turn += step) {
            events.write(turn, Math.min(turn + step, to) - 1);
        }
    }

    private void count(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(COUNT)) {
            statement.setLong(1, signals());
            statement.setLong(2, signals());
            statement.executeUpdate();
        }
    }

    private static Queue<String> tables(Connection connection) throws SQLException {
        Queue<String> tables = new ConcurrentLinkedQueue<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(TABLES)) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return tables;
    }

    /** So that no benchmark pays for what autovacuum would do in its midst, and the heads are made by a good plan. */
    private static void vacuum(Queue<String> tables, Connection connection) throws SQLException {
        for (String table = tables.poll(); table != null; table = tables.poll()) {
            execute(connection, "vacuum (analyze) " + table);
        }
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
