package foldback.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.Collection;
import java.util.Map;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/**
 * Puts values into cells: instants in UTC, times and days as real ones, numbers and truths as such, all else as text that stands in its
 * cell and not in a table of texts, which would have to be in memory. No cell is ever a formula.
 */
final class XlsxCells {
    /** From there on every program counts alike: a leap day of 1900 that never was is behind. */
    private static final LocalDate FIRST = LocalDate.of(1900, 3, 1);

    private static final LocalDate LAST = LocalDate.of(9999, 12, 31);
    private static final long EPOCH = 25_569;
    private static final double MICROS_A_DAY = 86_400e6;
    private static final int LENGTH_OF_TIME = 23;
    private static final int LENGTH_OF_DAY = 10;

    private final ObjectMapper json;
    private final XlsxText texts = new XlsxText();
    private int length;

    XlsxCells(ObjectMapper json) {
        this.json = json;
    }

    /** How many characters wide the last one is shown. */
    int length() {
        return length;
    }

    /** How many texts were cut until now. */
    long cut() {
        return texts.cut();
    }

    XlsxForm put(Worksheet sheet, int row, int column, @Nullable Object value) {
        length = 0;
        if (value == null) {
            return XlsxForm.EMPTY;
        }
        if (value instanceof Instant instant) {
            return time(sheet, row, column, LocalDateTime.ofInstant(instant, ZoneOffset.UTC), value);
        }
        if (value instanceof LocalDateTime time) {
            return time(sheet, row, column, time, value);
        }
        if (value instanceof LocalDate day && isCounted(day)) {
            length = LENGTH_OF_DAY;
            sheet.value(row, column, day.toEpochDay() + EPOCH);
            return XlsxForm.DAY;
        }
        if (value instanceof Number || value instanceof Boolean) {
            return plain(sheet, row, column, value);
        }
        return text(sheet, row, column, value instanceof Map || value instanceof Collection ? json(value) : value);
    }

    private XlsxForm time(Worksheet sheet, int row, int column, LocalDateTime time, Object value) {
        LocalDate day = time.toLocalDate();
        if (!isCounted(day)) {
            return text(sheet, row, column, value);
        }
        length = LENGTH_OF_TIME;
        // Not as the library counts: to the millisecond.
        double micros = time.getLong(ChronoField.MICRO_OF_DAY);
        sheet.value(row, column, day.toEpochDay() + EPOCH + micros / MICROS_A_DAY);
        return XlsxForm.TIME;
    }

    private XlsxForm plain(Worksheet sheet, int row, int column, Object value) {
        length = value.toString().length();
        if (value instanceof Boolean truth) {
            sheet.value(row, column, truth);
        } else {
            sheet.value(row, column, (Number) value);
        }
        return XlsxForm.PLAIN;
    }

    private static boolean isCounted(LocalDate day) {
        return !day.isBefore(FIRST) && !day.isAfter(LAST);
    }

    private String json(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private XlsxForm text(Worksheet sheet, int row, int column, Object value) {
        String text = texts.of(value.toString());
        length = text.length();
        sheet.inlineString(row, column, text);
        return XlsxForm.TEXT;
    }
}
