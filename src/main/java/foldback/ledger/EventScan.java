package foldback.ledger;

import foldback.database.UuidArray;
import foldback.fold.Event;
import foldback.fold.EventIds;
import foldback.fold.Level;
import foldback.fold.Position;
import foldback.fold.Said;
import foldback.fold.Signal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The signals and resolutions by hand of a range of streams, in the order of streams and of each stream, read once from the first to the
 * last: however many there are, some rows are in memory. Rows are decoded by place, and texts that repeat are decoded once, as this is
 * where a rebuild spends its time.
 */
final class EventScan implements AutoCloseable {
    /** Display texts can be as long as a callback: this many bound the memory, and few trips are saved by more. */
    private static final int ROWS_A_TRIP = 200;

    /**
     * Events are read in the order of their key, whatever the statistics say: freshly loaded or long not analyzed, they may suggest to
     * sort all of a partition instead. Planned once a connection: for all the months of the log that takes one to two milliseconds, and
     * would for every few streams.
     */
    static final String ALONG_THE_KEY = """
            select set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true),
                set_config('plan_cache_mode', 'force_generic_plan', true)
            """;

    private static final String COLUMNS = """
            e.stream_id, e.occurred_at, e.id, e.received_at, e.time_estimated, e.type, e.signal, e.level, e.previous_level,
            e.cur_value, e.trans_id, e.names_at, e.names_id, e."by", e.alert_name, e.namespace, e.metric_name, e.instance_name,
            e.region_id, e.region_name, e.group_id, e.product_group_name, e.unit, e.expression, e.labels
            """;

    private static final String BETWEEN = """
            select %s from events e
            where e.stream_id between ? and ? and e.type in ('signal', 'resolved')
            order by e.stream_id, e.occurred_at, e.id
            """.formatted(COLUMNS);

    /**
     * One stream after the other, along the key. Asked for with one order over all of them, every row would be sorted before the first one
     * comes; that the streams do come in their order is checked where they are read.
     */
    static final String RECORDED_BY = """
            select e.* from unnest(?::uuid[]) as u (stream_id)
            cross join lateral (
                select %s from events e
                where e.stream_id = u.stream_id and e.recorded_at <= ? and e.type in ('signal', 'resolved')
                order by e.occurred_at, e.id
            ) e
            """.formatted(COLUMNS);

    private static final int STREAM_ID = 1;
    private static final int OCCURRED_AT = 2;
    private static final int ID = 3;
    private static final int RECEIVED_AT = 4;
    private static final int TIME_ESTIMATED = 5;
    private static final int TYPE = 6;
    private static final int SIGNAL = 7;
    private static final int LEVEL = 8;
    private static final int PREVIOUS_LEVEL = 9;
    private static final int CUR_VALUE = 10;
    private static final int TRANS_ID = 11;
    private static final int NAMES_AT = 12;
    private static final int NAMES_ID = 13;
    private static final int BY = 14;
    private static final int FIRST_OF_DISPLAY = 15;

    private final PreparedStatement statement;
    private final ResultSet rows;
    private final RepeatedDisplay displays;
    private final RepeatedText transIds;
    private @Nullable UUID ahead;

    private EventScan(PreparedStatement statement, ResultSet rows) throws SQLException {
        this.statement = statement;
        this.rows = rows;
        this.displays = new RepeatedDisplay(rows, FIRST_OF_DISPLAY);
        this.transIds = new RepeatedText(rows, TRANS_ID);
        advance();
    }

    /** To be called before the scans of a transaction, for the rest of which it holds. */
    static void readAlongTheKey(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(ALONG_THE_KEY);
        }
    }

    /** @param connection in a transaction, or all rows would come at once */
    @SuppressWarnings("resource") // both are closed with the scan
    static EventScan between(Connection connection, UUID first, UUID last) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(BETWEEN);
        statement.setFetchSize(ROWS_A_TRIP);
        statement.setObject(1, first);
        statement.setObject(2, last);
        return new EventScan(statement, statement.executeQuery());
    }

    /**
     * Of some streams, anywhere among the others, what was recorded by an instant.
     *
     * @param connection in a transaction, or all rows would come at once
     * @param streams in the order of their ids
     */
    @SuppressWarnings("resource") // both are closed with the scan
    static EventScan recordedBy(Connection connection, List<UUID> streams, Instant asOf) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(RECORDED_BY);
        statement.setFetchSize(ROWS_A_TRIP);
        statement.setArray(1, UuidArray.of(connection, streams));
        statement.setObject(2, asOf.atOffset(ZoneOffset.UTC));
        return new EventScan(statement, statement.executeQuery());
    }

    /** The stream's next event, null behind its last. Streams are asked for in their order; those that nobody asks for are passed over. */
    Event.@Nullable Moving next(UUID stream) throws SQLException {
        while (ahead != null && EventIds.compare(ahead, stream) < 0) {
            advance();
        }
        if (!stream.equals(ahead)) {
            return null;
        }
        Event.Moving event = event();
        advance();
        return event;
    }

    private void advance() throws SQLException {
        UUID next = rows.next() ? uuid(STREAM_ID) : null;
        if (ahead != null && next != null && EventIds.compare(next, ahead) < 0) {
            throw new IllegalStateException("the database gave stream " + next + " behind " + ahead);
        }
        ahead = next;
    }

    private Event.Moving event() throws SQLException {
        Position position = new Position(instant(OCCURRED_AT), uuid(ID));
        if (!EventTypes.SIGNAL.equals(rows.getString(TYPE))) {
            return new Event.Resolved(
                    position,
                    new Position(instant(NAMES_AT), uuid(NAMES_ID)),
                    required(rows.getString(BY), "by"),
                    null);
        }
        Said said = new Said(
                Signal.valueOf(required(rows.getString(SIGNAL), "signal")),
                level(LEVEL),
                level(PREVIOUS_LEVEL),
                rows.getString(CUR_VALUE),
                transIds.read(),
                displays.read());
        return new Event.Signalled(position, instant(RECEIVED_AT), rows.getBoolean(TIME_ESTIMATED), said);
    }

    private UUID uuid(int column) throws SQLException {
        return required(rows.getObject(column, UUID.class), "a uuid");
    }

    private Instant instant(int column) throws SQLException {
        return required(rows.getObject(column, OffsetDateTime.class), "a time").toInstant();
    }

    private @Nullable Level level(int column) throws SQLException {
        String name = rows.getString(column);
        return name == null ? null : Level.valueOf(name);
    }

    private static <T> T required(@Nullable T value, String what) {
        return Objects.requireNonNull(value, () -> what + " is null in the database");
    }

    @Override
    public void close() throws SQLException {
        rows.close();
        statement.close();
    }
}
