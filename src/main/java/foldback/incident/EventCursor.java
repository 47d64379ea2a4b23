package foldback.incident;

import foldback.fold.Event;
import foldback.fold.Position;
import foldback.ledger.EventReader;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Events as a query gives them, in stream order. Few are held at a time: each may have all the text of a callback. */
final class EventCursor implements AutoCloseable {
    private static final int FETCHED_AT_ONCE = 32;

    /** An event and when it was received, which an operator event does not know by itself. */
    record Received(Event event, Instant at) {
        Position position() {
            return event.position();
        }
    }

    private final PreparedStatement statement;
    private final ResultSet rows;
    private @Nullable Received next;

    /** Takes the statement, to close it; its columns are those of {@link EventReader}. */
    EventCursor(PreparedStatement statement) throws SQLException {
        this.statement = statement;
        // Of effect within a transaction only, which every snapshot is.
        statement.setFetchSize(FETCHED_AT_ONCE);
        this.rows = statement.executeQuery();
        this.next = read();
    }

    /** The next one, which stays the next; null behind the last. */
    @Nullable
    Received peek() {
        return next;
    }

    /** The next one. */
    @Nullable
    Received take() throws SQLException {
        Received taken = next;
        next = read();
        return taken;
    }

    private @Nullable Received read() throws SQLException {
        if (!rows.next()) {
            return null;
        }
        return new Received(
                EventReader.event(rows),
                rows.getObject("received_at", OffsetDateTime.class).toInstant());
    }

    @Override
    public void close() throws SQLException {
        statement.close();
    }
}
