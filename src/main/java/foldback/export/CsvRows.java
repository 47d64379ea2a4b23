package foldback.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * RFC 4180 in UTF-8: a header row, then the rows, each with CRLF. What is absent is an empty cell, a map or a list is JSON in one, all else
 * is written as JSON has it; what a spreadsheet would run is made harmless.
 */
final class CsvRows<T> implements RowWriter<T> {
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final Table<T> table;
    private final ObjectMapper json;
    private final CsvWriter csv;

    CsvRows(Table<T> table, ObjectMapper json, OutputStream out) throws IOException {
        this.table = table;
        this.json = json;
        if (table.marked()) {
            out.write(BYTE_ORDER_MARK);
        }
        // The caller flushes and closes the stream; FastCSV has a buffer of its own in front of it.
        this.csv = CsvWriter.builder()
                .lineDelimiter(LineDelimiter.CRLF)
                .build(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        csv.writeRecord(table.columns().stream()
                .map(column -> SafeCell.of(column.name()))
                .toList());
    }

    @Override
    public void write(T row) throws IOException {
        var record = csv.writeRecord();
        for (Table.Column<T> column : table.columns()) {
            record.writeField(cell(column.value().apply(row)));
        }
        record.endRecord();
    }

    private @Nullable String cell(@Nullable Object value) throws JsonProcessingException {
        if (value == null) {
            return null;
        }
        // Most are: one comparison, where all interfaces of what is no map are looked through.
        if (value instanceof String text) {
            return SafeCell.of(text);
        }
        boolean nested = value instanceof Map || value instanceof Collection;
        return SafeCell.of(nested ? json.writeValueAsString(value) : value.toString());
    }

    @Override
    public void end() throws IOException {
        csv.flush();
    }
}
