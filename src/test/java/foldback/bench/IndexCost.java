package foldback.bench;

import foldback.testing.TemporaryDirectories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What each index costs those who write: the same rows of a stored history into a table with all indexes, and into tables that lack one each,
 * in turn. Beside the time stands what PostgreSQL writes to its own log, which is the same on every machine. {@code -Dbench.rounds} is how often.
 */
final class IndexCost {
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);
    private static final int ROWS = 100_000;
    private static final int STREAMS = 5_000;

    private static final String DEFINITIONS = """
            select indexrelid::regclass::text, pg_get_indexdef(indexrelid) from pg_index where indrelid = '%s'::regclass order by 1
            """;

    /**
     * The rows that are written, by their tables, in the order in which they come. An incident that changes is written to its indexes anew, as
     * often as that happens.
     */
    private static final Map<String, String> WRITTEN = new TreeMap<>(Map.of(
            "events", "select * from events order by id limit " + ROWS,
            "incidents", "select * from incidents where resolved_at is not null order by resolved_at limit " + ROWS));

    private final Figures figures;
    private final StoredDatabase database;

    private IndexCost(Figures figures, StoredDatabase database) {
        this.figures = figures;
        this.database = database;
    }

    /** An index, by its name and the statement that makes it. */
    private record Index(String name, String definition) {}

    public static void main(String[] arguments) throws Exception {
        Figures figures = new Figures();
        measure(figures);
        System.out.println("\n" + figures.table());
    }

    static void measure(Figures figures) throws IOException, SQLException {
        Path directory = Path.of("target", "bench", "indexes").toAbsolutePath();
        TemporaryDirectories.delete(directory);
        Files.createDirectories(directory);
        try (StoredDatabase database = StoredDatabase.open(directory.resolve("data"), 10L * ROWS, STREAMS)) {
            new IndexCost(figures, database).run();
        }
        TemporaryDirectories.delete(directory);
    }

    private void run() throws SQLException {
        for (String table : WRITTEN.keySet()) {
            List<Index> indexes = indexes(table);
            database.execute("drop table if exists coming");
            database.execute("create table coming as " + WRITTEN.get(table));
            String all = table + " with all indexes";
            for (int round = 0; round < ROUNDS; round++) {
                measured(table, all, indexes);
                for (Index index : indexes) {
                    List<Index> others = indexes.stream()
                            .filter(other -> !other.equals(index))
                            .toList();
                    measured(table, without(index), others);
                }
            }
            figures.reported(all, "ms");
            for (Index index : indexes) {
                figures.compare(without(index), "ms", all);
                figures.compare(logged(without(index)), "MB", logged(all));
            }
        }
    }

    private static String without(Index index) {
        return "without " + index.name;
    }

    private static String logged(String what) {
        return what + ", logged";
    }

    private List<Index> indexes(String table) throws SQLException {
        List<Index> indexes = new ArrayList<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(DEFINITIONS.formatted(table))) {
            while (rows.next()) {
                indexes.add(new Index(rows.getString(1), rows.getString(2)));
            }
        }
        return indexes;
    }

    private void measured(String table, String name, List<Index> indexes) throws SQLException {
        database.execute("drop table if exists cost");
        database.execute("create table cost (like " + table + ")");
        for (Index index : indexes) {
            database.execute(index.definition.replaceFirst("INDEX \\S+ ON (ONLY )?\\S+", "INDEX ON cost"));
        }
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            long logged = logged(statement);
            long begin = System.nanoTime();
            statement.execute("insert into cost select * from coming");
            figures.add(name, (System.nanoTime() - begin) / 1e6);
            figures.add(logged(name), (logged(statement) - logged) / 1e6);
        }
    }

    /** In bytes, since ever. */
    private static long logged(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("select cast(pg_current_wal_insert_lsn() - '0/0' as bigint)")) {
            row.next();
            return row.getLong(1);
        }
    }
}
