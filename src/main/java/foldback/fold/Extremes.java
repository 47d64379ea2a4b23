package foldback.fold;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The greatest and the smallest numeric value among an incident's ALERTs, as sent. Both are kept because the expression that says which
 * one is the worst may be edited while the incident lasts.
 */
public record Extremes(@Nullable String greatest, @Nullable String smallest) {
    static final Extremes NONE = new Extremes(null, null);
    /** Bounded, so that comparing a hostile exponent costs nothing. */
    private static final Pattern NUMBER =
            Pattern.compile("[-+]?(\\d{1,40}(\\.\\d{0,40})?|\\.\\d{1,40})([eE][-+]?\\d{1,3})?");

    Extremes with(@Nullable String value) {
        if (value == null || !NUMBER.matcher(value).matches()) {
            return this;
        }
        BigDecimal number = new BigDecimal(value);
        return new Extremes(
                greatest == null || number.compareTo(new BigDecimal(greatest)) > 0 ? value : greatest,
                smallest == null || number.compareTo(new BigDecimal(smallest)) < 0 ? value : smallest);
    }

    /** The greatest where the expression compares with &gt; or ≥, the smallest with &lt; or ≤, else null. */
    public @Nullable String worst(@Nullable String expression) {
        if (expression == null) {
            return null;
        }
        boolean above = containsAny(expression, ">", "≥", "\\u003e", "\\u003E");
        boolean below = containsAny(expression, "<", "≤", "\\u003c", "\\u003C");
        if (above == below) {
            return null;
        }
        return above ? greatest : smallest;
    }

    private static boolean containsAny(String text, String... parts) {
        for (String part : parts) {
            if (text.contains(part)) {
                return true;
            }
        }
        return false;
    }
}
