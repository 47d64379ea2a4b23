package foldback.ledger;

import foldback.fold.EventIds;
import foldback.fold.Incident;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The stored incidents of a range of streams, in the order of streams and of their first signals, read once like {@link EventScan}. */
final class IncidentScan implements AutoCloseable {
    private static final int ROWS_A_TRIP = 100;

    private static final String BETWEEN = """
            select %s from incidents i
            where i.stream_id between ? and ?
            order by i.stream_id, i.first_at, i.first_id
            """.formatted(IncidentColumns.ALL.names("i."));

    private final PreparedStatement statement;
    private final ResultSet rows;
    private @Nullable UUID ahead;

    private IncidentScan(PreparedStatement statement, ResultSet rows) throws SQLException {
        this.statement = statement;
        this.rows = rows;
        advance();
    }

    /** @param connection in a transaction, or all rows would come at once */
    @SuppressWarnings("resource") // both are closed with the scan
    static IncidentScan between(Connection connection, UUID first, UUID last) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(BETWEEN);
        statement.setFetchSize(ROWS_A_TRIP);
        statement.setObject(1, first);
        statement.setObject(2, last);
        return new IncidentScan(statement, statement.executeQuery());
    }

    /** The stream's next incident, null behind its last. Streams are asked for in their order. */
    @Nullable
    Incident next(UUID stream) throws SQLException {
        while (ahead != null && EventIds.compare(ahead, stream) < 0) {
            advance();
        }
        if (!stream.equals(ahead)) {
            return null;
        }
        Incident incident = IncidentRow.incidentOrNull(rows, 1);
        advance();
        return incident;
    }

    private void advance() throws SQLException {
        ahead = rows.next() ? Rows.uuid(rows, "stream_id") : null;
    }

    @Override
    public void close() throws SQLException {
        rows.close();
        statement.close();
    }
}
