package foldback.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/**
 * What one connection could write at best: COPY of rows of {@code events}, as CSV from a file, into an empty table with the same columns,
 * checks, keys and indexes.
 */
final class CopyBaseline {
    private static final String TABLE = """
            create table copied (
                like events including defaults including constraints,
                constraint copied_key primary key (stream_id, occurred_at, id));
            create index copied_id on copied (id);
            create index copied_operator on copied (stream_id, occurred_at, id) where type <> 'signal';
            create index copied_estimated on copied (stream_id, digest, received_at) where time_estimated
            """;

    private CopyBaseline() {}

    /** Rows a second, of that many rows. */
    static double rate(StoredDatabase database, long rows) throws SQLException, IOException {
        Path file = Files.createTempFile("foldback-events-", ".csv");
        try (Connection connection = database.connect();
                OutputStream out = Files.newOutputStream(file)) {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("copy (select * from events limit %d) to stdout (format csv)".formatted(rows), out);
            database.execute("drop table if exists copied; " + TABLE);
            return copyIn(connection, file);
        } finally {
            Files.delete(file);
            database.execute("drop table if exists copied");
        }
    }

    private static double copyIn(Connection connection, Path file) throws SQLException, IOException {
        try (InputStream in = Files.newInputStream(file)) {
            long begin = System.nanoTime();
            long copied = connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("copy copied from stdin (format csv)", in, 1 << 16);
            return copied * 1e9 / (System.nanoTime() - begin);
        }
    }
}
