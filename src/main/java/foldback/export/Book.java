package foldback.export;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a workbook has beside its rows: a sheet of facts before them, and one of definitions behind them.
 *
 * @param rows what the sheet of the rows is called
 * @param facts what is known of them before they are counted, in their order; how many they are is added
 * @param definitions what their columns mean; no sheet where there are none
 */
public record Book(String rows, Map<String, @Nullable Object> facts, Map<String, String> definitions) {
    static final Book OF_ROWS = new Book("Rows", Map.of(), Map.of());

    public Book {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
        definitions = Collections.unmodifiableMap(new LinkedHashMap<>(definitions));
    }
}
