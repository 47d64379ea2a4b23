package foldback.listing;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How many bytes of text a row has, in SQL. */
public final class Weight {
    private Weight() {}

    /** Of columns of text: the database knows their lengths without reading them. */
    public static String ofTexts(String alias, String... columns) {
        return Stream.of(columns)
                .map(column -> "coalesce(octet_length(%s.%s), 0)".formatted(alias, column))
                .collect(Collectors.joining(" + "));
    }

    /** Of a JSON object of texts: several times its length, for as a map its entries take many times what they take as text. */
    public static String ofMap(String alias, String column) {
        return "4 * coalesce(octet_length(cast(%s.%s as text)), 0)".formatted(alias, column);
    }
}
