package foldback.web;

/**
 * A bar of incidents, of which the open ones stand on the resolved ones.
 *
 * @param x its left side
 * @param resolvedY the upper end of the resolved part
 * @param openY the upper end of all
 * @param label what it says, in words
 */
public record Bar(
        String x,
        String width,
        String resolvedY,
        String resolvedHeight,
        String openY,
        String openHeight,
        boolean hasResolved,
        boolean hasOpen,
        String label) {

    private static final double GAP = 1;

    static Bar of(double from, double to, long resolved, long open, CountAxis counts, String label) {
        double gap = to - from > 4 * GAP ? GAP : 0;
        double bottom = counts.place(0);
        double middle = counts.place(resolved);
        double top = counts.place(resolved + open);
        return new Bar(
                Drawn.at(from + gap),
                Drawn.at(to - from - 2 * gap),
                Drawn.at(middle),
                Drawn.at(bottom - middle),
                Drawn.at(top),
                Drawn.at(middle - top),
                resolved > 0,
                open > 0,
                label);
    }
}
