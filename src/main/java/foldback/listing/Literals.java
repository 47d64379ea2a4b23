package foldback.listing;

import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;

/** Values in the text of a statement, for one that takes none beside it; the driver escapes them. */
final class Literals {
    /** ISO 8601 has signs where PostgreSQL has eras: an hour before the first year is {@code 0001-12-31 … BC}. */
    private static final DateTimeFormatter INSTANT = new DateTimeFormatterBuilder()
            .appendValue(ChronoField.YEAR_OF_ERA, 4, 6, SignStyle.NEVER)
            .appendPattern("-MM-dd HH:mm:ss.SSSSSSX G")
            .toFormatter(Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final PGConnection connection;

    Literals(PGConnection connection) {
        this.connection = connection;
    }

    /** @throws IllegalArgumentException of a type that no condition has until now */
    String of(Object value) {
        if (value instanceof String text) {
            return quoted(text);
        }
        if (value instanceof UUID) {
            return cast(quoted(value.toString()), "uuid");
        }
        if (value instanceof Instant instant) {
            return cast(quoted(INSTANT.format(instant)), "timestamptz");
        }
        if (value instanceof String[] texts) {
            return cast(
                    Arrays.stream(texts).map(this::quoted).collect(Collectors.joining(", ", "array[", "]")), "text[]");
        }
        throw new IllegalArgumentException("no literal of " + value.getClass());
    }

    private static String cast(String literal, String type) {
        return "cast(" + literal + " as " + type + ")";
    }

    private String quoted(String text) {
        try {
            return "'" + connection.escapeLiteral(text) + "'";
        } catch (SQLException e) {
            throw new IllegalArgumentException("a value cannot be in a statement", e);
        }
    }
}
