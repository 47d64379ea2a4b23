package foldback.export;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import foldback.report.OpenedBook;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A workbook cell by cell, opened by another library. */
class XlsxRowsTest {
    private static final int MOST = 32_767;
    private static final XlsxRows.Limits LARGE = XlsxRows.Limits.OF_XLSX;

    private static Table<Object> table() {
        return new Table<>(
                List.of(new Table.Column<>("value", row -> row), new Table.Column<>("other", row -> null)),
                false,
                new Book("Values", Map.of("zone", "UTC"), Map.of("value", "What it is.")));
    }

    private static OpenedBook written(XlsxRows.Limits limits, @Nullable Object... values) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RowWriter<Object> xlsx = new XlsxRows<>(table(), new ObjectMapper(), out, limits);
        for (Object value : values) {
            xlsx.write(value);
        }
        xlsx.end();
        return new OpenedBook(out.toByteArray());
    }

    private static @Nullable Object read(Object value) throws IOException {
        return written(LARGE, value).rows("Values").get(0).get("value");
    }

    @Test
    void thereIsAHeaderWithoutRows() throws IOException {
        OpenedBook book = written(LARGE);
        assertEquals(List.of("Summary", "Values", "Definitions"), book.sheets());
        assertEquals(List.of("value", "other"), book.header("Values"));
        assertEquals(List.of(), book.rows("Values"));
        assertEquals(
                "A1:B1", book.sheet("Values").getCTWorksheet().getAutoFilter().getRef());
        assertEquals(List.of(Map.of("column", "value", "meaning", "What it is.")), book.rows("Definitions"));
        assertEquals(
                List.of(
                        Map.of("fact", "zone", "value", "UTC"),
                        Map.of("fact", "rows", "value", 0.0),
                        Map.of("fact", "cutTexts", "value", 0.0)),
                book.rows("Summary"));
    }

    @Test
    void valuesAreOfTheirKind() throws IOException {
        assertEquals(-95.386001, read(new BigDecimal("-95.386001")));
        assertEquals(3.0, read(3L));
        assertEquals(true, read(true));
        assertEquals("[\"a\",\"=b\"]", read(List.of("a", "=b")));
        assertEquals(
                LocalDateTime.parse("2025-03-04T05:06:07.123456"), read(Instant.parse("2025-03-04T05:06:07.123456Z")));
        assertEquals(LocalDateTime.parse("2025-03-30T02:30"), read(LocalDateTime.parse("2025-03-30T02:30")));
        assertEquals(LocalDateTime.parse("2025-03-04T00:00"), read(LocalDate.parse("2025-03-04")));
    }

    @Test
    void eachCellHasTheFormatOfItsKind() throws IOException {
        Instant at = Instant.parse("2025-03-04T05:06:07Z");
        OpenedBook book = written(LARGE, "a", 1, "b", null, "c", at, null, at, LocalDate.EPOCH, true, "d");
        List<String> formats = new ArrayList<>();
        book.sheet("Values")
                .forEach(row -> formats.add(
                        row.getCell(0) == null
                                ? "-"
                                : row.getCell(0).getCellStyle().getDataFormatString()));
        String time = "yyyy-mm-dd hh:mm:ss.000";
        assertEquals(
                List.of("@", "@", "General", "@", "@", "@", time, time, time, "yyyy-mm-dd", "General", "@"), formats);
    }

    @Test
    void timesThatSpreadsheetsDoNotCountAlikeAreText() throws IOException {
        assertEquals(LocalDateTime.parse("1900-03-01T00:00"), read(Instant.parse("1900-03-01T00:00:00Z")));
        assertEquals("1900-02-28T23:59:59Z", read(Instant.parse("1900-02-28T23:59:59Z")));
        assertEquals("-0044-03-15", read(LocalDate.parse("-0044-03-15")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=HYPERLINK(\"http://x/\")",
                "@SUM(1)",
                "+1",
                "-2",
                "'quoted",
                "<a>&\"'",
                "队列 😀",
                "a\u0000b\u0001\u000b\u001fc\ufffe\uffff",
                "line\r\nbreak\ttab",
                " ends with blanks ",
                "\n",
                "\t\t",
                "_x0041_",
                "_x0041\u0001_x00e9_x0042_",
                "__x005F_",
                "x_12",
                "_x12",
                "007",
                ""
            })
    void textsStayAsTheyAre(String text) throws IOException {
        assertEquals(text, read(text));
    }

    @Test
    void halfACharacterIsUnknown() throws IOException {
        assertEquals("a\uFFFDb\uFFFD", read("a\uD800b\uDC00"));
        assertEquals("\uFFFD😀", read("\uD83D😀"));
    }

    /** Characters from the first on, in no order: what can be packed too well looks like an attack to the reader. */
    private static String text(int length, int first, int different) {
        return new Random(1)
                .ints(length, first, first + different)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Test
    void whatIsTooLongIsCutAndSaysSo() throws IOException {
        String longest = text(MOST, 'A', 50);
        String longer = text(MOST + 1, 'A', 50);
        String emojis = "a" + text(20_000, 0x1F600, 50);
        String escaped = text(MOST, 1, 8);
        OpenedBook book = written(LARGE, longest, longer, emojis, escaped, "short");
        List<Map<String, @Nullable Object>> rows = book.rows("Values");
        assertEquals(longest, rows.get(0).get("value"));
        for (int row = 1; row < 4; row++) {
            String value = (String) rows.get(row).get("value");
            String whole = List.of(longer, emojis, escaped).get(row - 1);
            String note = " … [cut: this text has " + whole.length() + " characters, a cell at most 32767]";
            assertThat(value, endsWith(note));
            assertTrue(value.length() <= MOST, () -> value.length() + " characters");
            assertThat(whole, startsWith(value.substring(0, value.length() - note.length())));
        }
        assertEquals(3.0, book.rows("Summary").get(2).get("value"));
    }

    @Test
    void aFullSheetIsFollowedByAnother() throws IOException {
        Object[] values = IntStream.range(0, 301).boxed().toArray();
        OpenedBook book = written(new XlsxRows.Limits(151, Integer.MAX_VALUE), values);
        assertEquals(List.of("Summary", "Values", "Values 2", "Values 3", "Definitions"), book.sheets());
        int next = 0;
        for (String sheet : List.of("Values", "Values 2", "Values 3")) {
            assertEquals(List.of("value", "other"), book.header(sheet));
            for (Map<String, @Nullable Object> row : book.rows(sheet)) {
                assertEquals((double) next++, row.get("value"));
            }
        }
        assertEquals(301, next);
        assertEquals(301.0, book.rows("Summary").get(1).get("value"));
        assertEquals(
                "A1:B151",
                book.sheet("Values 2").getCTWorksheet().getAutoFilter().getRef());
    }

    @Test
    void aFileIsNotLongerThanItsLengthCanBeCounted() {
        XlsxRows.Limits small = new XlsxRows.Limits(LARGE.rows(), 3000);
        IOException failure = assertThrows(IOException.class, () -> written(small, "text"));
        assertEquals("the file would have more than 3000 bytes", failure.getMessage());
    }
}
