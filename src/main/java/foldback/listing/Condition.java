package foldback.listing;

import java.util.ArrayList;
import java.util.List;

/**
 * A condition in SQL with the values of its question marks, in their order. The text is always a constant of the program; what clients
 * send is always a value.
 */
public record Condition(String sql, List<Object> values) {
    public Condition {
        values = List.copyOf(values);
    }

    public static Condition of(String sql, Object... values) {
        return new Condition(sql, List.of(values));
    }

    /** True wherever this is not, also where this is unknown for want of a value. */
    public Condition not() {
        return new Condition("(" + sql + ") is not true", values);
    }

    public Condition or(Condition other) {
        return both(" or ", other);
    }

    public Condition and(Condition other) {
        return both(" and ", other);
    }

    /** This one inside of a larger text, at the place of {@code %s}. */
    public Condition inside(String text) {
        return new Condition(text.formatted(sql), values);
    }

    private Condition both(String word, Condition other) {
        List<Object> all = new ArrayList<>(values);
        all.addAll(other.values);
        return new Condition("(" + sql + word + other.sql + ")", all);
    }
}
