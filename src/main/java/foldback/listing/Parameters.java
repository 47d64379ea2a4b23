package foldback.listing;

import foldback.problem.ProblemException;
import foldback.problem.Refusal;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The query parameters of one request. What cannot be read is refused under its name; that all names are known was checked before. */
public final class Parameters {
    public static final int MAX_LIMIT = 1000;
    public static final int DEFAULT_LIMIT = 100;

    /** What changes which part of a list is shown, but not the list. */
    private static final List<String> OF_THE_PAGE = List.of("cursor", "limit", "count");

    private static final String NO_PAGES = "belongs to the pages of a list; an export has all of it";

    private final MultivaluedMap<String, String> values;

    public Parameters(UriInfo uri) {
        this(uri.getQueryParameters());
    }

    public Parameters(MultivaluedMap<String, String> values) {
        this.values = values;
        values.forEach(Parameters::refuseUnreadable);
    }

    public Set<String> names() {
        return values.keySet();
    }

    public List<String> values(String name) {
        return values.getOrDefault(name, List.of());
    }

    public Optional<String> single(String name) {
        return Optional.ofNullable(values.getFirst(name));
    }

    public @Nullable Instant instant(String name) {
        String text = values.getFirst(name);
        return text == null ? null : instant(name, text);
    }

    private static Instant instant(String name, String text) {
        // In a query, the + of an offset that nobody escaped has become a space.
        return Instants.read(text.replace(' ', '+')).orElseThrow(() -> refused(name, Instants.EXPECTED));
    }

    /** The value where it is one of those allowed, the first of which is the default. */
    public String choice(String name, String... allowed) {
        String value = single(name).orElse(allowed[0]);
        if (!Arrays.asList(allowed).contains(value)) {
            throw refused(name, "should be one of " + String.join(", ", allowed));
        }
        return value;
    }

    /** Whether the parameter is there, which can have this value only. */
    public boolean has(String name, String value) {
        return single(name).isPresent() && choice(name, value).equals(value);
    }

    public int limit(int defaultLimit) {
        String text = single("limit").orElse(Integer.toString(defaultLimit));
        if (text.matches("[0-9]{1,4}")) {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        }
        throw refused("limit", "should be a whole number from 1 to " + MAX_LIMIT);
    }

    /** Refuses what makes sense for pages only: an export that is cut must not look like a whole one. */
    public void refusePages() {
        for (String name : OF_THE_PAGE) {
            if (values.containsKey(name)) {
                throw refused(name, NO_PAGES);
            }
        }
    }

    /** Whether all pages shall be counted. */
    public boolean counting() {
        return choice("count", "none", "exact").equals("exact");
    }

    /**
     * The place behind which the page begins; none for the first.
     *
     * @param readable whether items of the list can have this key
     */
    public Optional<Cursor> cursor(String list, Predicate<@Nullable String> readable) {
        return single("cursor").map(text -> Cursor.parse(text, list, readable));
    }

    /** The same text for the same list, whatever page of it is asked for and in whatever order it is asked. */
    public String list() {
        Map<String, List<String>> sorted = new TreeMap<>();
        values.forEach((name, texts) -> {
            if (!OF_THE_PAGE.contains(name)) {
                sorted.put(name, List.copyOf(new TreeSet<>(texts)));
            }
        });
        return query(sorted);
    }

    /** The parameters as the query of a URL, whatever characters they were sent with. */
    public static String query(Map<String, List<String>> parameters) {
        return parameters.entrySet().stream()
                .flatMap(each -> each.getValue().stream().map(value -> encoded(each.getKey()) + "=" + encoded(value)))
                .collect(Collectors.joining("&"));
    }

    /** A text as a part of a query, with its commas and colons, which part nothing there. */
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("%2C", ",")
                .replace("%3A", ":");
    }

    public static ProblemException refused(String name, String message) {
        return Refusal.INVALID_PARAMETER
                .because("The parameter " + name + " " + message + ".")
                .blaming(name, message);
    }

    private static void refuseUnreadable(String name, List<String> texts) {
        for (String text : texts) {
            if (text.indexOf('\0') >= 0 || name.indexOf('\0') >= 0) {
                throw refused(name, "should not hold U+0000");
            }
        }
    }
}
