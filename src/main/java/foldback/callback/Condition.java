package foldback.callback;

import foldback.fold.Level;
import org.jspecify.annotations.Nullable;

/**
 * One condition of a rule, where its {@code expression} is JSON.
 *
 * @param expression {@code $Average>90}
 * @param level the level that it raises
 * @param times how many times in a row it must hold
 */
public record Condition(
        @Nullable String expression,
        @Nullable Level level,
        @Nullable Integer times) {}
