package foldback.web;

import java.util.ArrayList;
import java.util.List;

/** An axis of counts, from zero up to a round number. */
final class CountAxis {
    private final long step;
    private final long top;
    private final double begin;
    private final double end;

    /**
     * From its beginning to its end.
     *
     * @param most what has to be on it
     * @param steps how many it takes at most
     */
    CountAxis(long most, int steps, double begin, double end) {
        this.step = step(most, steps);
        this.top = Math.max(1, (most + step - 1) / step) * step;
        this.begin = begin;
        this.end = end;
    }

    private static long step(long most, int steps) {
        for (long ten = 1; ; ten *= 10) {
            for (long factor : new long[] {1, 2, 5}) {
                if (factor * ten * steps >= most) {
                    return factor * ten;
                }
            }
        }
    }

    double place(long count) {
        return begin + (double) count / top * (end - begin);
    }

    List<Tick> ticks() {
        List<Tick> ticks = new ArrayList<>();
        for (long count = 0; count <= top; count += step) {
            ticks.add(new Tick(Drawn.at(place(count)), InWords.count(count), false));
        }
        return ticks;
    }
}
