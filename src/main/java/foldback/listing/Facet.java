package foldback.listing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import foldback.fold.Level;
import foldback.fold.Signal;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What one filter of a list looks at, and how: any of its values may match, or with {@code !} none of them. */
public final class Facet {
    private static final Pattern UUID_FORM = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");
    private static final char WILDCARD = '*';

    /** Matches what has one of the values, or refuses those that make no sense under the name. */
    private interface Matcher {
        Condition anyOf(String name, List<String> values);
    }

    private final Matcher matcher;
    private final UnaryOperator<Condition> place;

    private Facet(Matcher matcher, UnaryOperator<Condition> place) {
        this.matcher = matcher;
        this.place = place;
    }

    private static Facet of(Matcher matcher) {
        return new Facet(matcher, UnaryOperator.identity());
    }

    /** Text, compared exactly. */
    public static Facet text(String column) {
        return of((name, values) -> any(column + " = any(cast(? as text[]))", values));
    }

    /** Text, compared exactly or with {@code *} for any characters. */
    public static Facet pattern(String column) {
        return of((name, values) -> {
            List<String> patterns = values.stream().map(Facet::like).toList();
            boolean exact = values.stream().noneMatch(value -> value.indexOf(WILDCARD) >= 0);
            return exact
                    ? any(column + " = any(cast(? as text[]))", values)
                    : any(column + " like any(cast(? as text[]))", patterns);
        });
    }

    public static Facet level(String column) {
        return words(column, "level", names(Level.values()));
    }

    public static Facet signal(String column) {
        return words(column, "signal", names(Signal.values()));
    }

    /** A closed set of words, which is a type of the database. */
    public static Facet words(String column, String type, List<String> words) {
        return of((name, values) -> {
            values.forEach(value -> require(words.contains(value), name, words));
            return any(column + " = any(cast(cast(? as text[]) as " + type + "[]))", values);
        });
    }

    public static Facet id(String column) {
        return of((name, values) -> {
            for (String value : values) {
                if (!UUID_FORM.matcher(value).matches()) {
                    throw Parameters.refused(name, "should be an id such as 0198c0de-0000-7000-8000-000000000000");
                }
            }
            return any(column + " = any(cast(cast(? as text[]) as uuid[]))", values);
        });
    }

    /** A closed set of words, each of which stands for a condition. */
    public static Facet cases(Map<String, Condition> conditions) {
        return of((name, values) -> {
            List<String> words = conditions.keySet().stream().sorted().toList();
            values.forEach(value -> require(conditions.containsKey(value), name, words));
            return values.stream()
                    .distinct()
                    .map(conditions::get)
                    .reduce(Condition::or)
                    .orElseThrow();
        });
    }

    /** One key of a JSON object of texts. */
    public static Facet entry(String object, String key) {
        return of((name, values) -> {
            List<String> objects = values.stream()
                    .map(value -> JsonNodeFactory.instance
                            .objectNode()
                            .put(key, value)
                            .toString())
                    .toList();
            return any(object + " @> any(cast(cast(? as text[]) as jsonb[]))", objects);
        });
    }

    /** The same, asked where only a part of the query knows the column: {@code %s} stands for the condition. */
    public Facet within(String text) {
        return new Facet(matcher, condition -> condition.inside(text));
    }

    public Condition condition(String name, List<String> values, boolean excluding) {
        Condition matching = matcher.anyOf(name, values);
        return place.apply(excluding ? matching.not() : matching);
    }

    private static void require(boolean known, String name, List<String> words) {
        if (!known) {
            throw Parameters.refused(name, "should be one of " + String.join(", ", words));
        }
    }

    private static List<String> names(Enum<?>[] constants) {
        return Stream.of(constants).map(Enum::name).toList();
    }

    private static String like(String value) {
        StringBuilder pattern = new StringBuilder(value.length() + 8);
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\' || c == '%' || c == '_') {
                pattern.append('\\');
            }
            pattern.append(c == WILDCARD ? '%' : c);
        }
        return pattern.toString();
    }

    /** A condition on all of the values at once, as one array. */
    private static Condition any(String sql, List<String> values) {
        return new Condition(sql, List.of((Object) values.toArray(String[]::new)));
    }
}
