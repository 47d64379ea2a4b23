package foldback.problem;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A query as it was sent. The server reads no more than 1,024 parameters, takes names that differ in their case for one, and parts them at
 * semicolons too: what would be read otherwise than it was meant is refused.
 */
final class QueryText {
    private static final int MOST = 1024;

    private QueryText() {}

    static Optional<Problem> refuse(@Nullable String query) {
        if (query == null) {
            return Optional.empty();
        }
        if (query.contains(";")) {
            return invalid("A semicolon in a query should be written as %3B.");
        }
        String[] parameters = query.split("&", MOST + 1);
        if (parameters.length > MOST) {
            return invalid("A query may have " + MOST + " parameters at most.");
        }
        TreeMap<String, String> names = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String parameter : parameters) {
            String name = URLDecoder.decode(parameter.split("=", 2)[0], StandardCharsets.UTF_8);
            String other = names.putIfAbsent(name, name);
            if (other != null && !other.equals(name)) {
                return invalid("In one query names should not differ in their case only: " + other + ", " + name + ".");
            }
        }
        return Optional.empty();
    }

    private static Optional<Problem> invalid(String detail) {
        return Optional.of(Problem.of(Refusal.INVALID_PARAMETER, detail));
    }
}
