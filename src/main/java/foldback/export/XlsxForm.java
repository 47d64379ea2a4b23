package foldback.export;

import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/** How a cell is shown. */
enum XlsxForm {
    /** As a text also after somebody has edited it: {@code =1+1} does not become a formula. */
    TEXT("@"),
    TIME("yyyy-mm-dd hh:mm:ss.000"),
    DAY("yyyy-mm-dd"),
    /** Numbers and truths, as the program likes. */
    PLAIN(null),
    /** Nothing is there. */
    EMPTY(null);

    private final @Nullable String format;

    XlsxForm(@Nullable String format) {
        this.format = format;
    }

    void apply(Worksheet sheet, int first, int last, int column) {
        if (format != null) {
            sheet.range(first, column, last, column).style().format(format).set();
        }
    }
}
