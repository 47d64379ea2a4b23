package foldback.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of the feed, as far as it is settled: up to the oldest transaction that has not ended when it is read. Behind that, a row may
 * still turn up in front of one that is there already.
 *
 * @param start up to where the feed is no longer kept
 * @param rows in the order of their positions
 * @param settled up to where all is settled; behind it nothing has been read
 * @param waiting for how long the first row has been recorded, settled or not; zero where there is none
 */
public record FeedRows(FeedPosition start, List<Row> rows, FeedPosition settled, Duration waiting) {
    private static final String SETTLED = """
            select s.xid as start_xid, s.number as start_number, x.xid as settled_xid, 0 as settled_number,
                f.xid, f.number, f.stream_id, f.incident_id, f.was_last_at, f.was_level, f.was_peak_level, f.was_open,
                f.was_acknowledged,
                cast(1000000 * extract(epoch from clock_timestamp() - first_value(f.recorded_at) over (order by f.xid, f.number)) as bigint)
                    as waiting
            from feed_start s
            cross join (select pg_snapshot_xmin(pg_current_snapshot()) as xid) x
            left join lateral (
                select * from feed
                where (xid, number) > (cast(? as xid8), ?) and xid < x.xid
                order by xid, number
                limit ?
            ) f on true
            order by f.xid, f.number
            """;

    private static final String UNSETTLED = """
            select cast(1000000 * extract(epoch from clock_timestamp() - recorded_at) as bigint) as waiting from feed
            where (xid, number) > (cast(? as xid8), ?)
            order by xid, number
            limit 1
            """;

    private static final String BOUNDS = """
            select xid, number, pg_snapshot_xmin(pg_current_snapshot()) as now_xid, 0 as now_number,
                pg_snapshot_xmax(pg_current_snapshot()) as end_xid, 0 as end_number
            from feed_start
            """;

    /**
     * One incident in one transaction.
     *
     * @param was the incident before; null where it was not there
     */
    public record Row(
            FeedPosition position,
            UUID streamId,
            UUID incidentId,
            @Nullable Was was) {}

    /** What filters ask of an incident that may change, as it was. */
    public record Was(
            boolean open,
            boolean acknowledged,
            @Nullable String level,
            @Nullable String peakLevel,
            Instant lastAt) {}

    /**
     * The ends of the feed.
     *
     * @param start up to where it is no longer kept
     * @param now behind all that is settled
     * @param end behind all that has begun
     */
    public record Bounds(FeedPosition start, FeedPosition now, FeedPosition end) {}

    public static Bounds bounds(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(BOUNDS);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return new Bounds(Feed.position(row, ""), Feed.position(row, "now_"), Feed.position(row, "end_"));
        }
    }

    /**
     * The rows behind a place, in a transaction that sees one snapshot.
     *
     * @param atMost so many of them
     */
    public static FeedRows behind(Connection connection, FeedPosition place, int atMost) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SETTLED)) {
            statement.setInt(Feed.bind(statement, 1, place), atMost);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                FeedPosition start = Feed.position(row, "start_");
                FeedPosition end = Feed.position(row, "settled_");
                if (row.getString("xid") == null) {
                    return new FeedRows(start, List.of(), end, waiting(connection, place));
                }
                Duration waiting = waiting(row);
                List<Row> rows = rows(row);
                boolean full = rows.size() == atMost;
                return new FeedRows(start, rows, full ? rows.get(atMost - 1).position() : end, waiting);
            }
        }
    }

    /** All from the current one on. */
    private static List<Row> rows(ResultSet row) throws SQLException {
        List<Row> rows = new ArrayList<>();
        do {
            rows.add(new Row(
                    Feed.position(row, ""), Rows.uuid(row, "stream_id"), Rows.uuid(row, "incident_id"), was(row)));
        } while (row.next());
        return rows;
    }

    private static @Nullable Was was(ResultSet row) throws SQLException {
        Instant lastAt = Rows.instantOrNull(row, "was_last_at");
        return lastAt == null
                ? null
                : new Was(
                        row.getBoolean("was_open"),
                        row.getBoolean("was_acknowledged"),
                        row.getString("was_level"),
                        row.getString("was_peak_level"),
                        lastAt);
    }

    private static Duration waiting(Connection connection, FeedPosition place) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(UNSETTLED)) {
            Feed.bind(statement, 1, place);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? waiting(row) : Duration.ZERO;
            }
        }
    }

    private static Duration waiting(ResultSet row) throws SQLException {
        return Duration.of(Math.max(0, row.getLong("waiting")), ChronoUnit.MICROS);
    }
}
