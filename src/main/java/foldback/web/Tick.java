package foldback.web;

import org.jspecify.annotations.Nullable;

/**
 * A place on an axis.
 *
 * @param at where it is
 * @param label null where there is no room for one
 * @param wide whether there is room for the label on a wide screen or on paper only, where letters are smaller than the chart
 */
public record Tick(String at, @Nullable String label, boolean wide) {}
