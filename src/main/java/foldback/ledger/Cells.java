package foldback.ledger;

import foldback.fold.Display;
import foldback.fold.Level;
import foldback.fold.Position;
import foldback.fold.Signal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads a row's cells one after the other, for where many are read: by name each would be looked up. A required one that is null is a
 * broken database.
 */
abstract class Cells {
    /** Of a row of the database. */
    static final class Stored extends Cells {
        private final ResultSet row;
        private int next;

        /** @param first where to begin; 1 is the row's first cell */
        Stored(ResultSet row, int first) {
            this.row = row;
            this.next = first;
        }

        @Override
        @Nullable
        UUID uuidOrNull() throws SQLException {
            return row.getObject(next++, UUID.class);
        }

        @Override
        @Nullable
        Instant instantOrNull() throws SQLException {
            OffsetDateTime time = row.getObject(next++, OffsetDateTime.class);
            return time == null ? null : time.toInstant();
        }

        @Override
        @Nullable
        String textOrNull() throws SQLException {
            return row.getString(next++);
        }

        @Override
        long number() throws SQLException {
            return row.getLong(next++);
        }
    }

    abstract @Nullable UUID uuidOrNull() throws SQLException;

    abstract @Nullable Instant instantOrNull() throws SQLException;

    abstract @Nullable String textOrNull() throws SQLException;

    abstract long number() throws SQLException;

    UUID uuid() throws SQLException {
        return required(uuidOrNull());
    }

    Instant instant() throws SQLException {
        return required(instantOrNull());
    }

    /** An instant, then an id. */
    Position position() throws SQLException {
        return new Position(instant(), uuid());
    }

    String text() throws SQLException {
        return required(textOrNull());
    }

    Signal signal() throws SQLException {
        return Signal.valueOf(text());
    }

    @Nullable
    Signal signalOrNull() throws SQLException {
        String name = textOrNull();
        return name == null ? null : Signal.valueOf(name);
    }

    @Nullable
    Level levelOrNull() throws SQLException {
        String name = textOrNull();
        return name == null ? null : Level.valueOf(name);
    }

    /** {@link DisplayColumns}, then the expression and the labels. */
    Display display() throws SQLException {
        return new Display(
                textOrNull(),
                textOrNull(),
                textOrNull(),
                textOrNull(),
                textOrNull(),
                textOrNull(),
                textOrNull(),
                textOrNull(),
                textOrNull(),
                textOrNull(),
                JsonText.map(textOrNull()));
    }

    private <T> T required(@Nullable T value) {
        return Objects.requireNonNull(value, "a cell is null that must not be");
    }
}
