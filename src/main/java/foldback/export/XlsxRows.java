package foldback.export;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/**
 * A workbook: a summary, the rows, the definitions. It is written as the rows come. Where a sheet is full, they go on in a further one;
 * what would be longer than a ZIP file of this kind can be fails, so that nothing is cut.
 */
final class XlsxRows<T> implements RowWriter<T> {
    /** Fast: the library's own choice takes a third longer, for files a tenth smaller. */
    private static final int PACKED = 1;

    private final Table<T> table;
    private final Limits limits;
    private final XlsxCells cells;
    private final Workbook workbook;
    private final XlsxSheet summary;
    private final @Nullable Object[] values;
    private XlsxSheet sheet;
    private int sheets;
    private long rows;

    /**
     * How much there can be.
     *
     * @param rows on a sheet, with its header
     * @param bytes in the file; the library counts in 32 bits
     */
    record Limits(int rows, int bytes) {
        static final Limits OF_XLSX = new Limits(Worksheet.MAX_ROWS, Integer.MAX_VALUE);
    }

    XlsxRows(Table<T> table, ObjectMapper json, OutputStream out) {
        this(table, json, out, Limits.OF_XLSX);
    }

    XlsxRows(Table<T> table, ObjectMapper json, OutputStream out, Limits limits) {
        this.table = table;
        this.limits = limits;
        this.cells = new XlsxCells(json);
        this.workbook = new Workbook(new AtMost(out, limits.bytes()), "Foldback", null);
        workbook.setCompressionLevel(PACKED);
        this.values = new Object[table.columns().size()];
        // First among the sheets, and written last: one is written at a time, and this one counts the rows.
        this.summary = new XlsxSheet(workbook.newWorksheet("Summary"), cells, List.of("fact", "value"));
        this.sheet = next();
    }

    private XlsxSheet next() {
        sheets++;
        String name = table.book().rows();
        return new XlsxSheet(
                workbook.newWorksheet(sheets == 1 ? name : name + " " + sheets),
                cells,
                table.columns().stream().map(Table.Column::name).toList());
    }

    @Override
    public void write(T row) throws IOException {
        if (sheet.rows() == limits.rows()) {
            sheet.end();
            sheet = next();
        }
        Arrays.setAll(values, column -> table.columns().get(column).value().apply(row));
        sheet.write(values);
        rows++;
    }

    @Override
    public void end() throws IOException {
        sheet.end();
        for (var fact : table.book().facts().entrySet()) {
            summary.write(fact.getKey(), fact.getValue());
        }
        summary.write("rows", rows);
        summary.write("cutTexts", cells.cut());
        summary.end();
        if (!table.book().definitions().isEmpty()) {
            XlsxSheet definitions =
                    new XlsxSheet(workbook.newWorksheet("Definitions"), cells, List.of("column", "meaning"));
            for (var definition : table.book().definitions().entrySet()) {
                definitions.write(definition.getKey(), definition.getValue());
            }
            definitions.end();
        }
        workbook.finish();
    }
}
