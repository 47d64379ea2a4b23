package foldback.bench;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The indexes of events and incidents that are no keys: dropped before millions of rows are loaded, and made again behind them, which
 * takes a fraction of keeping them up to date row by row.
 */
final class SearchIndexes {
    private static final String FIND = """
            select i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) from pg_index i
            where i.indrelid in ('events'::regclass, 'incidents'::regclass)
              and not exists (select from pg_constraint c where c.conindid = i.indexrelid)
            order by 1
            """;

    /** By name, the statements that make them. */
    private final Map<String, String> indexes = new LinkedHashMap<>();

    private final Queue<String> missing = new ConcurrentLinkedQueue<>();

    SearchIndexes(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(FIND)) {
            while (rows.next()) {
                // That of a partitioned table would be made without those of its partitions.
                indexes.put(rows.getString(1), rows.getString(2).replaceFirst(" ON ONLY ", " ON "));
            }
        }
    }

    void drop(Connection connection) throws SQLException {
        Stored.execute(connection, "drop index " + String.join(", ", indexes.keySet()));
        missing.addAll(indexes.values());
    }

    /** Makes those that no other connection is making. */
    void make(Connection connection) throws SQLException {
        Stored.execute(connection, "set maintenance_work_mem = '512MB'");
        for (String index = missing.poll(); index != null; index = missing.poll()) {
            Stored.execute(connection, index);
        }
    }
}
