package foldback.export;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** RFC 4180, byte by byte. */
class CsvRowsTest {
    /** Public, as all records of lists are. */
    public record Row(
            @Nullable String text,
            Map<String, String> map,
            Instant at,
            @Nullable BigDecimal seconds,
            int count) {}

    private static final String HEADER = "text,map,at,seconds,count\r\n";
    private static final Instant AT = Instant.parse("2025-03-04T05:06:07.120Z");

    private static String written(Row... rows) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RowWriter<Row> csv = Format.CSV.writer(Table.of(Row.class), new ObjectMapper(), out);
        for (Row row : rows) {
            csv.write(row);
        }
        csv.end();
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void theHeaderRowIsThereWithoutRows() throws IOException {
        assertEquals(HEADER, written());
    }

    @Test
    void rowsEndWithCrlfAndAreQuotedWhereTheyMustBe() throws IOException {
        Row row = new Row("a \"b\", c\nd\r\ne", new TreeMap<>(Map.of("k", "v")), AT, new BigDecimal("95.386"), -3);
        assertEquals(
                HEADER + "\"a \"\"b\"\", c\nd\r\ne\",\"{\"\"k\"\":\"\"v\"\"}\",2025-03-04T05:06:07.120Z,95.386,-3\r\n",
                written(row));
    }

    @Test
    void whatIsAbsentIsAnEmptyCell() throws IOException {
        assertEquals(HEADER + ",{},2025-03-04T05:06:07.120Z,,0\r\n", written(new Row(null, Map.of(), AT, null, 0)));
    }

    @Test
    void aFormulaIsTextAndChineseStays() throws IOException {
        assertEquals(
                List.of("text,map,at,seconds,count", "'=队列,{},2025-03-04T05:06:07.120Z,1,0"),
                written(new Row("=队列", Map.of(), AT, BigDecimal.ONE, 0)).lines().toList());
    }
}
