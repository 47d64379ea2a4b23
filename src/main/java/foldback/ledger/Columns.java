package foldback.ledger;

import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The columns of one table as arrays: many rows go to the database as one parameter a column,
 * {@code insert … select … from unnest(…)}. Declared once a table, for the statement's text and for its parameters.
 */
final class Columns<T> {
    /** One column: its name, its SQL type, and its value of a row (UUID, Instant, Number, Boolean, byte[], enum or text). */
    record Column<T>(String name, String type, Function<T, @Nullable Object> value) {}

    private final List<Column<T>> columns;

    private Columns(Stream<Column<T>> columns) {
        this.columns = columns.toList();
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    static <T> Columns<T> of(Column<T>... columns) {
        return new Columns<>(Stream.of(columns));
    }

    Columns<T> and(List<Column<T>> more) {
        return new Columns<>(Stream.concat(columns.stream(), more.stream()));
    }

    static <T> Column<T> column(String name, String type, Function<T, @Nullable Object> value) {
        return new Column<>(name, type, value);
    }

    /** {@code a, b, c}, each with the prefix. */
    String names(String prefix) {
        return columns.stream().map(column -> prefix + quoted(column.name)).collect(Collectors.joining(", "));
    }

    /** {@code x.a as x_a, …}, for a join whose tables share column names. */
    String namesAs(String table, String prefix) {
        return columns.stream()
                .map(column -> table + "." + quoted(column.name) + " as " + prefix + column.name)
                .collect(Collectors.joining(", "));
    }

    /** {@code a = u.a, …} for all but the given columns. */
    String assignments(String source, List<String> except) {
        return columns.stream()
                .filter(column -> !except.contains(column.name))
                .map(column -> quoted(column.name) + " = " + source + "." + quoted(column.name))
                .collect(Collectors.joining(", "));
    }

    /** {@code unnest(?::uuid[], …) as u (a, …)}. */
    String unnest(String alias) {
        String parameters =
                columns.stream().map(column -> "?::" + column.type + "[]").collect(Collectors.joining(", "));
        return "unnest(" + parameters + ") as " + alias + " (" + names("") + ")";
    }

    /** Binds the rows from the first parameter on. */
    void bind(PreparedStatement statement, List<T> rows) throws SQLException {
        for (int i = 0; i < columns.size(); i++) {
            Column<T> column = columns.get(i);
            statement.setArray(i + 1, array(statement, column, rows));
        }
    }

    private static <T> Array array(PreparedStatement statement, Column<T> column, List<T> rows) throws SQLException {
        Object[] values =
                switch (column.type) {
                    case "bytea" -> new byte[rows.size()][];
                    case "uuid" -> new UUID[rows.size()];
                    default -> new String[rows.size()];
                };
        for (int i = 0; i < values.length; i++) {
            Object value = column.value.apply(rows.get(i));
            values[i] =
                    value == null || values instanceof UUID[] || values instanceof byte[][] ? value : value.toString();
        }
        String type = values instanceof String[] ? "text" : column.type;
        return statement.getConnection().createArrayOf(type, values);
    }

    private static String quoted(String name) {
        return "by".equals(name) ? "\"by\"" : name;
    }
}
