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

/** Reads typed values out of a result; a required one that is null is a broken database. */
final class Rows {
    private Rows() {}

    static UUID uuid(ResultSet row, String column) throws SQLException {
        return required(uuidOrNull(row, column), column);
    }

    static @Nullable UUID uuidOrNull(ResultSet row, String column) throws SQLException {
        return row.getObject(column, UUID.class);
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return required(instantOrNull(row, column), column);
    }

    static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    static String text(ResultSet row, String column) throws SQLException {
        return required(row.getString(column), column);
    }

    static Signal signal(ResultSet row, String column) throws SQLException {
        return Signal.valueOf(text(row, column));
    }

    static @Nullable Level level(ResultSet row, String column) throws SQLException {
        String name = row.getString(column);
        return name == null ? null : Level.valueOf(name);
    }

    static Position position(ResultSet row, String at, String id) throws SQLException {
        return new Position(instant(row, at), uuid(row, id));
    }

    static Display display(ResultSet row, String prefix) throws SQLException {
        return new Display(
                row.getString(prefix + "alert_name"),
                row.getString(prefix + "namespace"),
                row.getString(prefix + "metric_name"),
                row.getString(prefix + "instance_name"),
                row.getString(prefix + "region_id"),
                row.getString(prefix + "region_name"),
                row.getString(prefix + "group_id"),
                row.getString(prefix + "product_group_name"),
                row.getString(prefix + "unit"),
                row.getString(prefix + "expression"),
                JsonText.map(row.getString(prefix + "labels")));
    }

    private static <T> T required(@Nullable T value, String column) {
        return Objects.requireNonNull(value, () -> column + " is null in the database");
    }
}
