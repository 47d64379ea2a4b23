package foldback.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.DateUtil;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;

/** An XLSX file as another library reads it: what its cells are, and what they hold. */
public final class OpenedBook {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double MICROS_A_DAY = 86_400e6;

    private final XSSFWorkbook book;

    public OpenedBook(byte[] bytes) throws IOException {
        book = new XSSFWorkbook(new ByteArrayInputStream(bytes));
    }

    public List<String> sheets() {
        List<String> names = new ArrayList<>();
        book.forEach(sheet -> names.add(sheet.getSheetName()));
        return names;
    }

    public XSSFSheet sheet(String name) {
        return book.getSheet(name);
    }

    public List<String> header(String sheet) {
        List<String> names = new ArrayList<>();
        sheet(sheet).getRow(0).forEach(cell -> names.add(cell.getStringCellValue()));
        return names;
    }

    /** The rows below the header, each by the names of its columns; an empty cell is null. */
    public List<Map<String, @Nullable Object>> rows(String sheet) {
        List<String> names = header(sheet);
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (int n = 1; n <= sheet(sheet).getLastRowNum(); n++) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            for (int column = 0; column < names.size(); column++) {
                values.put(names.get(column), value(sheet(sheet).getRow(n).getCell(column)));
            }
            rows.add(values);
        }
        return rows;
    }

    /** A sheet of names and values. */
    Map<String, @Nullable Object> pairs(String sheet) {
        Map<String, @Nullable Object> pairs = new LinkedHashMap<>();
        for (Row row : sheet(sheet)) {
            pairs.put(row.getCell(0).getStringCellValue(), value(row.getCell(1)));
        }
        return pairs;
    }

    /** A number is a Double, a time a LocalDateTime, to the microsecond; a formula is refused. */
    static @Nullable Object value(@Nullable Cell cell) {
        if (cell == null || cell.getCellType() == CellType.BLANK) {
            return null;
        }
        return switch (cell.getCellType()) {
            case STRING -> cell.getStringCellValue();
            case BOOLEAN -> cell.getBooleanCellValue();
            case NUMERIC ->
                DateUtil.isCellDateFormatted(cell)
                        ? time(cell.getNumericCellValue())
                        : (Object) cell.getNumericCellValue();
            default -> throw new AssertionError(cell.getAddress() + " is a " + cell.getCellType());
        };
    }

    private static LocalDateTime time(double serial) {
        double day = Math.floor(serial);
        return LocalDate.of(1899, 12, 30)
                .plusDays((long) day)
                .atStartOfDay()
                .plus(Math.round((serial - day) * MICROS_A_DAY), ChronoUnit.MICROS);
    }

    /** Whether a cell holds what JSON has: an instant in UTC as a time, an object as its JSON. */
    static void same(JsonNode expected, @Nullable Object cell, String what) throws IOException {
        if (expected.isNull()) {
            assertEquals(null, cell, what);
        } else if (expected.isNumber()) {
            assertEquals(expected.doubleValue(), cell, what);
        } else if (expected.isBoolean()) {
            assertEquals(expected.booleanValue(), cell, what);
        } else if (expected.isContainerNode()) {
            assertEquals(expected, JSON.readTree((String) cell), what);
        } else if (cell instanceof LocalDateTime time) {
            assertEquals(expected.asText(), time.toInstant(ZoneOffset.UTC).toString(), what);
        } else {
            assertEquals(expected.asText(), cell, what);
        }
    }

    /**
     * All of it as text: each sheet, how much of it stays in sight, what is filtered, and of each cell where it is, what it is, its format and its
     * value.
     *
     * @param masked columns and facts of which the values are left out
     */
    String dump(Set<String> masked) {
        StringJoiner lines = new StringJoiner("\n", "", "\n");
        for (String name : sheets()) {
            XSSFSheet sheet = sheet(name);
            lines.add("== " + name);
            lines.add("frozen rows: " + sheet.getPaneInformation().getHorizontalSplitTopRow() + ", filter: "
                    + sheet.getCTWorksheet().getAutoFilter().getRef());
            List<String> header = header(name);
            for (Row row : sheet) {
                for (Cell cell : row) {
                    if (cell.getCellType() != CellType.BLANK) {
                        boolean mask = row.getRowNum() > 0
                                && (masked.contains(header.get(cell.getColumnIndex()))
                                        || (cell.getColumnIndex() == 1
                                                && masked.contains(String.valueOf(value(row.getCell(0))))));
                        lines.add(cell.getAddress() + " " + cell.getCellType() + " ["
                                + cell.getCellStyle().getDataFormatString() + "] "
                                + (mask ? "*" : JSON.valueToTree(String.valueOf(value(cell)))));
                    }
                }
            }
        }
        return lines.toString();
    }
}
