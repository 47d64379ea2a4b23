package foldback.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import foldback.export.Format;
import foldback.export.RowWriter;
import foldback.export.Table;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A report as a file of its rows. */
final class ReportFile {
    private static final Set<String> NESTED = Set.of("group", "change");

    private ReportFile() {}

    /** The rows as NDJSON, which is what is hashed. */
    static <T> byte[] lines(List<T> rows, ObjectMapper json) {
        return bytes(Format.NDJSON, new Table<>(List.of()), rows, json);
    }

    /** The rows in a format, whole: there is a bound to them. */
    static <T> byte[] bytes(Format format, Table<T> table, List<T> rows, ObjectMapper json) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            RowWriter<T> writer = format.writer(table, json, bytes);
            for (T row : rows) {
                writer.write(row);
            }
            writer.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** A column a key, then the columns of the contract, then, where it is compared, the parts of the change. */
    static Table<ReportRow> table(Question question) {
        List<Table.Column<ReportRow>> columns = new ArrayList<>();
        for (String key : question.words()) {
            columns.add(new Table.Column<>(key, row -> row.group().get(key)));
        }
        Table.of(ReportRow.class).columns().stream()
                .filter(column -> !NESTED.contains(column.name()))
                .forEach(columns::add);
        if (question.compared()) {
            for (Table.Column<Change> part : Table.of(Change.class).columns()) {
                columns.add(new Table.Column<>("change." + part.name(), row -> part(part, row.change())));
            }
        }
        return new Table<>(columns, true);
    }

    private static @Nullable Object part(Table.Column<Change> part, @Nullable Change change) {
        return change == null ? null : part.value().apply(change);
    }
}
