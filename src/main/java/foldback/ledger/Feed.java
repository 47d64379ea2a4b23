package foldback.ledger;

import static foldback.ledger.Columns.column;

import foldback.database.Together;
import foldback.fold.Incident;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The only writer of {@code feed} and {@code feed_start}. A row a changed incident, in the transaction that changes it: what is in the
 * feed is recorded, and what is recorded is in the feed.
 */
public final class Feed {
    /** @param was the incident before; null where it was not there */
    private record Change(
            UUID streamId, UUID incidentId, @Nullable Incident was) {}

    private static final Columns<Change> COLUMNS = Columns.of(
            column("stream_id", "uuid", Change::streamId),
            column("incident_id", "uuid", Change::incidentId),
            column("was_last_at", "timestamptz", was(incident -> incident.last().occurredAt())),
            column("was_level", "level", was(Incident::level)),
            column("was_peak_level", "level", was(Incident::peakLevel)),
            column("was_open", "boolean", was(Incident::open)),
            column(
                    "was_acknowledged",
                    "boolean",
                    was(incident -> incident.attention().acknowledgedAt() != null)));

    private static final String WRITE = """
            insert into feed (%s)
            select %s from %s
            """.formatted(COLUMNS.names(""), COLUMNS.names("u."), COLUMNS.rows("u"));

    /** Held by one process at a time. */
    private static final String START = "select xid, number from feed_start for update skip locked";

    /** Behind what was deleted already, so that the dead entries of the index are not walked again. */
    private static final String LAST_OLD = """
            select f.xid, f.number from (
                select xid, number, recorded_at from feed
                where (xid, number) > (cast(? as xid8), ?) and xid < pg_snapshot_xmin(pg_current_snapshot())
                order by xid, number
                limit ?
            ) f
            where f.recorded_at < ?
            order by f.xid desc, f.number desc
            limit 1
            """;

    private static final String DELETE = """
            delete from feed
            where (xid, number) > (cast(? as xid8), ?) and (xid, number) <= (cast(? as xid8), ?)
            """;

    private static final String BEGIN_AT = "update feed_start set xid = cast(? as xid8), number = ?";

    /**
     * A database that was restored from a dump counts its transactions anew: what seems not to have begun yet is of its former life, and
     * would be read as new once it comes to that.
     */
    private static final String DELETE_FOREIGN = """
            delete from feed where (xid, number) in (
                select xid, number from feed where xid >= pg_snapshot_xmax(pg_current_snapshot())
                order by xid, number
                limit ?)
            """;

    private static final String NEXT = "select pg_snapshot_xmin(pg_current_snapshot()) as xid, 0 as number";

    private static final String NEWEST = "select pg_snapshot_xmax(pg_current_snapshot()) as xid, 0 as number";

    private Feed() {}

    private static Function<Change, @Nullable Object> was(Function<Incident, @Nullable Object> value) {
        return change -> change.was == null ? null : value.apply(change.was);
    }

    /** Adds what the differences change, among other statements. */
    static void write(Together together, Map<UUID, Difference> differences) {
        List<Change> changes = new ArrayList<>();
        differences.forEach((streamId, difference) -> {
            difference.removed().forEach(incident -> changes.add(new Change(streamId, incident.id(), incident)));
            difference.formerly().forEach((id, was) -> changes.add(new Change(streamId, id, was)));
            for (Incident incident : difference.written()) {
                if (!difference.formerly().containsKey(incident.id())) {
                    changes.add(new Change(streamId, incident.id(), null));
                }
            }
        });
        COLUMNS.write(together, WRITE, changes);
    }

    /**
     * Deletes the oldest rows, in the caller's transaction. Does nothing while another process does.
     *
     * @param before those recorded before it are no longer kept
     * @param atMost rows to delete
     * @return whether there may be more of them
     */
    public static boolean prune(Connection connection, Instant before, int atMost) throws SQLException {
        FeedPosition start = place(connection, START);
        if (start == null) {
            return false;
        }
        if (isForeign(connection, start)) {
            start = beginAnew(connection);
        }
        int foreign = deleteForeign(connection, atMost);
        FeedPosition last = lastOld(connection, start, before, atMost);
        if (last == null) {
            return foreign == atMost;
        }
        int deleted = delete(connection, start, last);
        beginAt(connection, last);
        return deleted >= atMost || foreign == atMost;
    }

    private static boolean isForeign(Connection connection, FeedPosition start) throws SQLException {
        FeedPosition newest = place(connection, NEWEST);
        return newest != null && newest.isBefore(start);
    }

    private static FeedPosition beginAnew(Connection connection) throws SQLException {
        FeedPosition next = Objects.requireNonNull(place(connection, NEXT), "every snapshot has a next transaction");
        delete(connection, new FeedPosition(0, 0), next);
        beginAt(connection, next);
        return next;
    }

    private static int deleteForeign(Connection connection, int atMost) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DELETE_FOREIGN)) {
            statement.setInt(1, atMost);
            return statement.executeUpdate();
        }
    }

    private static @Nullable FeedPosition lastOld(Connection connection, FeedPosition start, Instant before, int atMost)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LAST_OLD)) {
            int next = bind(statement, 1, start);
            statement.setInt(next++, atMost);
            statement.setObject(next, before.atOffset(ZoneOffset.UTC));
            return place(statement);
        }
    }

    private static int delete(Connection connection, FeedPosition after, FeedPosition last) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DELETE)) {
            bind(statement, bind(statement, 1, after), last);
            return statement.executeUpdate();
        }
    }

    private static void beginAt(Connection connection, FeedPosition place) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(BEGIN_AT)) {
            bind(statement, 1, place);
            statement.executeUpdate();
        }
    }

    private static @Nullable FeedPosition place(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            return place(statement);
        }
    }

    private static @Nullable FeedPosition place(PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            return row.next() ? position(row, "") : null;
        }
    }

    /** Binds a place from the given parameter on, and tells which is the next. */
    static int bind(PreparedStatement statement, int first, FeedPosition place) throws SQLException {
        statement.setString(first, Long.toString(place.xid()));
        statement.setLong(first + 1, place.number());
        return first + 2;
    }

    /** Reads a place, of columns with the prefix. */
    static FeedPosition position(ResultSet row, String prefix) throws SQLException {
        // A number to us, but none to the driver.
        return new FeedPosition(Long.parseLong(Rows.text(row, prefix + "xid")), row.getLong(prefix + "number"));
    }
}
