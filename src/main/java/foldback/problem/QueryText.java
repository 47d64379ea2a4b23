package foldback.problem;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A query as it was sent. The server reads no more than 1,024 parameters, takes names that differ in their case for one, and parts them at
 * semicolons and ends at a number sign: what would be read otherwise than it was meant is refused.
 */
final class QueryText {
    private static final int MOST = 1024;
    private static final Pattern UPPER = Pattern.compile("[A-Z]+");

    private QueryText() {}

    static Optional<Problem> refuse(@Nullable String query) {
        if (query == null) {
            return Optional.empty();
        }
        if (query.contains(";") || query.contains("#")) {
            return Optional.of(invalid("In a query ; should be written as %3B, and # as %23."));
        }
        String[] parameters = query.split("&", MOST + 1);
        if (parameters.length > MOST) {
            return Optional.of(invalid("A query may have " + MOST + " parameters at most."));
        }
        Map<String, String> names = new HashMap<>();
        for (String parameter : parameters) {
            String name = URLDecoder.decode(parameter.split("=", 2)[0], StandardCharsets.UTF_8);
            String other = names.putIfAbsent(lowerCase(name), name);
            if (other != null && !other.equals(name)) {
                String message = "should not differ from another one in its case only";
                return Optional.of(
                        invalid("In one query names should not differ in their case only: " + other + ", " + name + ".")
                                .withError(other, message)
                                .withError(name, message));
            }
        }
        return Optional.empty();
    }

    /** Of the letters from A to Z, as the server does. */
    private static String lowerCase(String name) {
        return UPPER.matcher(name).replaceAll(letter -> letter.group().toLowerCase(Locale.ROOT));
    }

    private static Problem invalid(String detail) {
        return Problem.of(Refusal.INVALID_PARAMETER, detail);
    }
}
