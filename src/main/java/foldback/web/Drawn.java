package foldback.web;

import java.math.BigDecimal;

/**
 * The canvas of a chart. All are as wide, so that their axes lie below each other.
 *
 * @param top where the plot begins
 * @param bottom where it ends
 * @param height with what stands around it
 */
public record Drawn(int top, int bottom, int height) {
    static final int LEFT = 66;
    static final int RIGHT = 656;
    private static final int WIDTH = 680;

    public int left() {
        return LEFT;
    }

    public int right() {
        return RIGHT;
    }

    public int width() {
        return WIDTH;
    }

    /** A coordinate as SVG has it, the same on every machine: to a hundredth of a unit, which is less than a printer's dot. */
    static String at(double coordinate) {
        BigDecimal hundredths = BigDecimal.valueOf(Math.round(coordinate * 100), 2);
        return hundredths.stripTrailingZeros().toPlainString();
    }
}
