package foldback.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postgresql.PGConnection;

/** The rows behind a report, the latest so many of a history, as files and as a copy; all in rows a second. */
final class BehindReport {
    private static final String COPY = """
            copy (
                select %s, %s
                from incidents i join streams s on s.stream_id = i.stream_id
                where i.opened_at >= '%s' and i.opened_at < '%s'
                order by i.opened_at desc, i.id desc
            ) to stdout with (format csv, header)
            """;

    /** The instants once more, in a zone. */
    private static final String LOCAL = Stream.of(
                    "opened_at", "resolved_at", "resolved_earliest", "last_at", "first_received_at", "acknowledged_at")
            .map(at -> "i." + at + " at time zone '" + ReportBench.ZONE + "'")
            .collect(Collectors.joining(", "));

    private static final String NTH = "select opened_at from incidents order by opened_at desc offset %d limit 1";

    private final StoredDatabase database;
    private final Asking asking;
    private final Instant since;
    private final Instant until;

    /** Asks the service for a path, and counts what comes. */
    @FunctionalInterface
    interface Asking {
        long rows(String path, RowCount count) throws IOException, InterruptedException;
    }

    BehindReport(StoredDatabase database, Asking asking, long rows, Instant until) throws SQLException {
        this.database = database;
        this.asking = asking;
        this.until = until;
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(NTH.formatted(rows - 1))) {
            row.next();
            this.since = row.getTimestamp(1).toInstant();
        }
    }

    double copied() throws SQLException, IOException {
        try (Connection connection = database.connect()) {
            long begin = System.nanoTime();
            long rows = connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut(COPY.formatted(ExportBench.COLUMNS, LOCAL, since, until), OutputStream.nullOutputStream());
            return rows * 1e9 / (System.nanoTime() - begin);
        }
    }

    double asCsv() throws IOException, InterruptedException {
        return as(".csv", RowCount::ofLines);
    }

    double asXlsx() throws IOException, InterruptedException {
        return as(".xlsx", RowCount::ofSheets);
    }

    private double as(String extension, RowCount count) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        String of = "/incidents" + extension + "?tz=" + ReportBench.ZONE + "&since=" + since + "&until=" + until;
        long rows = asking.rows(ReportBench.PATH + of, count);
        return rows * 1e9 / (System.nanoTime() - begin);
    }
}
