package foldback.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import foldback.export.Exports;
import foldback.export.Format;
import foldback.export.RowWriter;
import foldback.export.Table;
import foldback.ledger.Sha256;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A report as a file of its rows; its facts are headers of the answer. */
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

    static Response.ResponseBuilder answer(
            Format format, Question question, Report report, byte[] bytes, Instant made) {
        return facts(Exports.begun(format, "resolution-time", made).entity(bytes), question, report, bytes);
    }

    /** The facts as headers of an answer that has these bytes. */
    static Response.ResponseBuilder facts(
            Response.ResponseBuilder answer, Question question, Report report, byte[] bytes) {
        Report.Header header = report.header();
        answer.header("Repr-Digest", digest(bytes))
                .header("Foldback-Group-By", FactHeaders.encoded(String.join(",", question.words())))
                .header("Foldback-Incidents", header.incidents())
                .header("Foldback-Open", header.open())
                .header("Foldback-Rows", header.rows())
                .header("Foldback-Sha256", header.sha256());
        return FactHeaders.add(answer, question, header.foldVersion());
    }

    /** As RFC 9530 has it. */
    private static String digest(byte[] bytes) {
        return "sha-256=:" + Base64.getEncoder().encodeToString(Sha256.of(bytes)) + ":";
    }
}
