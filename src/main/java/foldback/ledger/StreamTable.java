package foldback.ledger;

import static foldback.ledger.Columns.column;

import foldback.fold.Display;
import foldback.fold.StreamKey;
import foldback.fold.StreamKey.Rule;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** The only writer of {@code streams}: a stream is written when it is new, and when CloudMonitor calls something of it otherwise. */
final class StreamTable {
    record Row(UUID streamId, StreamKey key, Display display) {}

    private static final Columns<Row> COLUMNS = Columns.of(
                    column("stream_id", "uuid", Row::streamId),
                    column("user_id", "text", row -> row.key().userId()),
                    column("rule_id", "text", row -> row.key().rule() instanceof Rule.ById rule ? rule.ruleId() : null),
                    column("dimensions", "jsonb", row -> JsonText.of(row.key().dimensions())),
                    column("labels", "jsonb", row -> JsonText.of(row.display().labels())))
            .and(DisplayColumns.of(Row::display));

    private static final String UPSERT = """
            insert into streams (%s)
            select %s from %s
            order by u.stream_id
            on conflict (stream_id) do update set %s
            """.formatted(
                    COLUMNS.names(""),
                    COLUMNS.names("u."),
                    COLUMNS.unnest("u"),
                    COLUMNS.assignments("excluded", List.of("stream_id", "user_id", "rule_id", "dimensions")));

    private StreamTable() {}

    static void write(Connection connection, List<Row> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(UPSERT)) {
            COLUMNS.bind(statement, rows);
            statement.executeUpdate();
        }
    }

    /** Tells whether the display columns changed; the expression is none of them, it differs by level. */
    static int displayHash(Display display) {
        return Objects.hash(
                display.alertName(),
                display.namespace(),
                display.metricName(),
                display.instanceName(),
                display.regionId(),
                display.regionName(),
                display.groupId(),
                display.productGroupName(),
                display.unit(),
                display.labels());
    }
}
