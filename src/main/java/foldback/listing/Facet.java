package foldback.listing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import foldback.fold.Level;
import foldback.fold.Signal;
import foldback.search.Words;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What one filter of a list looks at, and how: any of its values may match, or with {@code !} none of them. */
public final class Facet {
    private static final Pattern UUID_FORM = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    /** Matches what has one of the values, or refuses those that make no sense under the name. */
    public interface Matcher {
        Condition anyOf(String name, List<String> values);
    }

    private final Matcher matcher;
    private final Function<List<String>, Optional<Condition>> narrowing;
    private final Function<List<String>, Predicate<String>> acceptance;
    private final UnaryOperator<Condition> place;

    private Facet(
            Matcher matcher,
            Function<List<String>, Optional<Condition>> narrowing,
            Function<List<String>, Predicate<String>> acceptance,
            UnaryOperator<Condition> place) {
        this.matcher = matcher;
        this.narrowing = narrowing;
        this.acceptance = acceptance;
        this.place = place;
    }

    /** Matches what is one of the values, whatever the database has to look at to tell. */
    public static Facet of(Matcher matcher) {
        return of(matcher, values -> Set.copyOf(values)::contains);
    }

    private static Facet of(Matcher matcher, Function<List<String>, Predicate<String>> acceptance) {
        return new Facet(matcher, values -> Optional.empty(), acceptance, UnaryOperator.identity());
    }

    /** Text, compared exactly. */
    public static Facet text(String column) {
        return of((name, values) -> any(column + " = any(cast(? as text[]))", values));
    }

    /** Text, compared exactly or with {@code *} for any characters. */
    public static Facet pattern(String column) {
        return of(
                (name, values) -> {
                    List<Wildcards> wanted = Wildcards.of(values);
                    boolean exact = wanted.stream().allMatch(Wildcards::isExact);
                    return exact
                            ? any(column + " = any(cast(? as text[]))", values)
                            : any(
                                    column + " like any(cast(? as text[]))",
                                    wanted.stream().map(Wildcards::like).toList());
                },
                values -> {
                    List<Wildcards> wanted = Wildcards.of(values);
                    return text -> wanted.stream().anyMatch(wildcards -> wildcards.matches(text));
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

    /**
     * Words, each of which must be a part of some text in any case.
     *
     * @param containing what holds where one word is found
     */
    public static Facet search(Function<String, Condition> containing) {
        return of(
                (name, values) -> values.stream()
                        .map(value -> SearchWords.of(name, value).words().stream()
                                .map(containing)
                                .reduce(Condition::and)
                                .orElseThrow())
                        .reduce(Condition::or)
                        .orElseThrow(),
                values -> {
                    List<Words> wanted = values.stream().map(Words::of).toList();
                    return text -> wanted.stream().anyMatch(words -> words.allIn(text));
                });
    }

    /** The same, asked where only a part of the query knows the column: {@code %s} stands for the condition. */
    public Facet within(String text) {
        return new Facet(matcher, narrowing, acceptance, condition -> condition.inside(text));
    }

    /** With a further condition that an index can answer; it holds for all that has one of the values, and perhaps for more. */
    public Facet narrowed(Function<List<String>, Optional<Condition>> further) {
        return new Facet(matcher, further, acceptance, place);
    }

    public Condition condition(String name, List<String> values, boolean excluding) {
        Condition matching = matcher.anyOf(name, values);
        return place.apply(
                excluding
                        ? matching.not()
                        : narrowing.apply(values).map(matching::and).orElse(matching));
    }

    /** The same without the further condition, for rows that are at hand already. */
    public Condition ofRow(String name, List<String> values, boolean excluding) {
        Condition matching = matcher.anyOf(name, values);
        return place.apply(excluding ? matching.not() : matching);
    }

    /** The further condition, where there is one: what does not meet it is not wanted. */
    public Optional<Condition> narrowing(List<String> values, boolean excluding) {
        return excluding ? Optional.empty() : narrowing.apply(values);
    }

    /** The same decided here, of the value that the condition looks at; null where there is none. */
    public Predicate<@Nullable String> test(List<String> values, boolean excluding) {
        Predicate<String> accepted = acceptance.apply(values);
        return value -> (value != null && accepted.test(value)) != excluding;
    }

    private static void require(boolean known, String name, List<String> words) {
        if (!known) {
            throw Parameters.refused(name, "should be one of " + String.join(", ", words));
        }
    }

    private static List<String> names(Enum<?>[] constants) {
        return Stream.of(constants).map(Enum::name).toList();
    }

    /** A condition on all of the values at once, as one array. */
    private static Condition any(String sql, List<String> values) {
        return new Condition(sql, List.of((Object) values.toArray(String[]::new)));
    }
}
