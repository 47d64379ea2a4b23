package foldback.web;

/**
 * A line across a chart that says something.
 *
 * @param x where it stands
 * @param y where it meets the curve, if there is one
 * @param text where its label begins, or ends
 * @param anchor which of these: start or end, whatever has room
 */
public record Mark(String x, String y, String text, String anchor, String label) {
    private static final double GAP = 5;

    static Mark at(double x, double y, String label) {
        boolean right = x < (Drawn.LEFT + 2.0 * Drawn.RIGHT) / 3;
        return new Mark(Drawn.at(x), Drawn.at(y), Drawn.at(right ? x + GAP : x - GAP), right ? "start" : "end", label);
    }
}
