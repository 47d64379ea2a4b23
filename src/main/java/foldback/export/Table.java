package foldback.export;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is written of each row, in its order: columns have the names of the JSON fields.
 *
 * @param marked whether a byte order mark begins it as CSV: spreadsheets that are opened with a click take UTF-8 for something else without
 * @param book what a workbook has beside it
 */
public record Table<T>(List<Column<T>> columns, boolean marked, Book book) {
    public Table {
        columns = List.copyOf(columns);
    }

    public Table(List<Column<T>> columns, boolean marked) {
        this(columns, marked, Book.OF_ROWS);
    }

    public Table(List<Column<T>> columns) {
        this(columns, false);
    }

    /**
     * A column, and its value in a row: null, a text, a number, a truth, an instant, an id; or a map or a list, which is one cell. In a
     * workbook also a day, or a time without a zone.
     */
    public record Column<T>(String name, Function<T, @Nullable Object> value) {}

    /** The fields of a record, as it declares them: what a list shows and what an export has cannot drift apart. */
    public static <R extends Record> Table<R> of(Class<R> row) {
        return new Table<>(
                Stream.of(row.getRecordComponents()).map(Table::<R>column).toList());
    }

    private static <R> Column<R> column(RecordComponent component) {
        Method accessor = component.getAccessor();
        // Not to be checked anew for each cell.
        accessor.setAccessible(true);
        return new Column<>(component.getName(), row -> value(accessor, row));
    }

    private static @Nullable Object value(Method accessor, Object row) {
        try {
            return accessor.invoke(row);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("a record does not tell its " + accessor.getName(), e);
        }
    }
}
