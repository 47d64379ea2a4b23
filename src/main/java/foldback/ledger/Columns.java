package foldback.ledger;

import foldback.database.Together;
import foldback.database.UuidArray;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The columns of one table as arrays: many rows go to the database as one parameter a column,
 * {@code insert … select unnest(…), …}. Declared once a table, for the statement's text and for its parameters.
 */
final class Columns<T> {
    /** One column: its name, its SQL type, and its value of a row (UUID, Instant, Number, Boolean, byte[], enum or text). */
    record Column<T>(String name, String type, Function<T, @Nullable Object> value) {}

    private final List<Column<T>> columns;

    Columns(List<Column<T>> columns) {
        this.columns = List.copyOf(columns);
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    static <T> Columns<T> of(Column<T>... columns) {
        return new Columns<>(List.of(columns));
    }

    Columns<T> and(List<Column<T>> more) {
        return new Columns<>(Stream.concat(columns.stream(), more.stream()).toList());
    }

    static <T> Column<T> column(String name, String type, Function<T, @Nullable Object> value) {
        return new Column<>(name, type, value);
    }

    int size() {
        return columns.size();
    }

    /** {@code a, b, c}, each with the prefix. */
    String names(String prefix) {
        return columns.stream().map(column -> prefix + quoted(column.name)).collect(Collectors.joining(", "));
    }

    /** {@code a = u.a, …} for all but the given columns. */
    String assignments(String source, List<String> except) {
        return columns.stream()
                .filter(column -> !except.contains(column.name))
                .map(column -> quoted(column.name) + " = " + source + "." + quoted(column.name))
                .collect(Collectors.joining(", "));
    }

    /**
     * The rows as a table: {@code (select v.a, … from (select unnest(?::uuid[]) as a, …) as v) as u}. Not one {@code unnest} of all arrays
     * in the {@code from}, which keeps the elements of each array in a store of its own before the first row: that takes four times as
     * long. Instants are turned from numbers into timestamps here: reading them as text would take longer than all the rest.
     */
    String rows(String alias) {
        String parameters = columns.stream().map(Columns::parameter).collect(Collectors.joining(", "));
        String values = columns.stream().map(Columns::value).collect(Collectors.joining(", "));
        return "(select " + values + " from (select " + parameters + ") as v) as " + alias;
    }

    private static String parameter(Column<?> column) {
        String type = Travel.of(column.type) == Travel.MICROS ? "bigint" : column.type;
        return "unnest(?::" + type + "[]) as " + quoted(column.name);
    }

    private static String value(Column<?> column) {
        String name = quoted(column.name);
        return Travel.of(column.type) == Travel.MICROS
                ? "timestamptz 'epoch' + v." + name + " * interval '1 microsecond' as " + name
                : "v." + name;
    }

    /** A text that is another one wherever the value of any column is. */
    String text(T row) {
        StringBuilder text = new StringBuilder();
        for (Column<T> column : columns) {
            String value = String.valueOf(column.value.apply(row));
            text.append(value.length()).append(':').append(value);
        }
        return text.toString();
    }

    /** Adds the row's values, in the order of the columns. */
    void pack(T row, PackedCells.Packing into) {
        for (Column<T> column : columns) {
            into.add(Travel.of(column.type), column.value.apply(row));
        }
    }

    /** Adds a statement that writes these rows, unless there are none. */
    void write(Together together, String sql, List<T> rows) {
        if (!rows.isEmpty()) {
            together.add(sql, (statement, first) -> bind(statement, first, rows));
        }
    }

    /** Binds the rows from the given parameter on, and tells which is the next. */
    int bind(PreparedStatement statement, int first, List<T> rows) throws SQLException {
        int next = first;
        for (Column<T> column : columns) {
            statement.setArray(next++, array(statement.getConnection(), column, rows));
        }
        return next;
    }

    /** Binds the rows from the first parameter on. */
    void bind(PreparedStatement statement, List<T> rows) throws SQLException {
        bind(statement, 1, rows);
    }

    private static <T> Array array(Connection connection, Column<T> column, List<T> rows) throws SQLException {
        Travel travel = Travel.of(column.type);
        Object[] values = travel.array(rows.size());
        for (int i = 0; i < values.length; i++) {
            Object value = column.value.apply(rows.get(i));
            values[i] = value == null ? null : travel.value(value);
        }
        return values instanceof UUID[] ids
                ? UuidArray.of(connection, Arrays.asList(ids))
                : connection.createArrayOf(travel.element(), values);
    }

    private static String quoted(String name) {
        return "by".equals(name) ? "\"by\"" : name;
    }
}
