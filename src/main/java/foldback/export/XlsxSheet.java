package foldback.export;

import java.io.IOException;
import java.util.List;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/** A sheet with a header that stays in sight and filters. Its rows are handed on a few at a time; until then they are in memory. */
final class XlsxSheet {
    private static final int TOGETHER = 64;
    private static final int MOST_CHARACTERS = 1 << 20;
    private static final double WIDEST = 60;

    private final Worksheet sheet;
    private final XlsxCells cells;
    private final int columns;
    private final XlsxForm[][] forms;
    private final int[] lengths;
    private int rows;
    private int handedOn;
    private int characters;

    XlsxSheet(Worksheet sheet, XlsxCells cells, List<String> header) {
        this.sheet = sheet;
        this.cells = cells;
        this.columns = header.size();
        this.forms = new XlsxForm[TOGETHER][columns];
        this.lengths = new int[columns];
        sheet.freezePane(0, 1);
        put(header.toArray());
        sheet.range(0, 0, 0, columns - 1).style().bold().set();
    }

    /** How many it has, the header among them. */
    int rows() {
        return rows;
    }

    void write(@Nullable Object... values) throws IOException {
        if (rows - handedOn == TOGETHER || characters > MOST_CHARACTERS) {
            handOn();
        }
        put(values);
    }

    private void put(@Nullable Object... values) {
        XlsxForm[] row = forms[rows - handedOn];
        // The last first: the library makes room for the columns up to the one that is set.
        for (int column = columns - 1; column >= 0; column--) {
            XlsxForm form = cells.put(sheet, rows, column, values[column]);
            row[column] = form;
            characters += cells.length();
            lengths[column] = Math.max(lengths[column], cells.length());
        }
        rows++;
    }

    /** Widths stand in front of all rows, so they are those of the first ones. */
    private void handOn() throws IOException {
        if (handedOn == 0) {
            for (int column = 0; column < columns; column++) {
                sheet.width(column, Math.min(WIDEST, lengths[column] + 3));
            }
        }
        for (int column = 0; column < columns; column++) {
            style(column);
        }
        sheet.flush();
        handedOn = rows;
        characters = 0;
    }

    /** Once for all cells below each other that have a form: one by one takes longer than to write them. */
    private void style(int column) {
        int first = -1;
        int last = -1;
        for (int row = 0; row < rows - handedOn; row++) {
            XlsxForm form = forms[row][column];
            if (form == XlsxForm.EMPTY) {
                continue;
            }
            if (first >= 0 && forms[first][column] != form) {
                forms[first][column].apply(sheet, handedOn + first, handedOn + last, column);
                first = -1;
            }
            first = first < 0 ? row : first;
            last = row;
        }
        if (first >= 0) {
            forms[first][column].apply(sheet, handedOn + first, handedOn + last, column);
        }
    }

    void end() throws IOException {
        handOn();
        sheet.setAutoFilter(0, 0, rows - 1, columns - 1);
        sheet.finish();
    }
}
