package foldback.web;

import static foldback.incident.Seconds.DAY;
import static foldback.incident.Seconds.HOUR;
import static foldback.incident.Seconds.MINUTE;
import static foldback.incident.Seconds.YEAR;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;

/**
 * An axis of durations, on which a second and a month are both to be seen: borders that people know lie equally far apart, and between two of
 * them the scale is logarithmic. Before the first and behind the last it ends.
 */
final class DurationAxis {
    /** What is labelled first. */
    private static final Set<Long> UNITS = Set.of(0L, 1L, MINUTE, HOUR, DAY, 30 * DAY, YEAR, 10 * YEAR, 100 * YEAR);

    /** About as far apart from each other as they look. */
    private static final List<Long> COARSE = List.of(
            0L,
            1L,
            10L,
            MINUTE,
            10 * MINUTE,
            HOUR,
            6 * HOUR,
            DAY,
            7 * DAY,
            30 * DAY,
            180 * DAY,
            YEAR,
            10 * YEAR,
            100 * YEAR,
            1000 * YEAR);

    /** Between two labels, across or upright. */
    private static final double ROOM = 44;

    private static final double ROOM_ON_A_PHONE = 84;

    private final List<Long> borders;
    private final double begin;
    private final double end;

    /** @param borders in seconds, two at least, upwards */
    DurationAxis(List<Long> borders, double begin, double end) {
        this.borders = List.copyOf(borders);
        this.begin = begin;
        this.end = end;
    }

    /** One on which both durations are. */
    static DurationAxis around(double shortest, double longest, double begin, double end) {
        int first = 0;
        int last = COARSE.size() - 1;
        while (first < last - 1 && COARSE.get(first + 1) <= shortest) {
            first++;
        }
        while (last > first + 1 && COARSE.get(last - 1) >= longest) {
            last--;
        }
        return new DurationAxis(COARSE.subList(first, last + 1), begin, end);
    }

    double place(double seconds) {
        int last = borders.size() - 1;
        if (seconds >= borders.get(last)) {
            return end;
        }
        int below = 0;
        while (below < last - 1 && borders.get(below + 1) <= seconds) {
            below++;
        }
        double part = part(Math.max(seconds, borders.get(0)), borders.get(below), borders.get(below + 1));
        return begin + (below + part) / last * (end - begin);
    }

    private static double part(double seconds, long from, long to) {
        return from == 0 ? seconds / to : StrictMath.log(seconds / from) / StrictMath.log((double) to / from);
    }

    /** The borders, with as many labels as there is room for. */
    List<Tick> ticks(LongFunction<String> labels) {
        BitSet onAPhone = labelled(new BitSet(), ROOM_ON_A_PHONE);
        BitSet all = labelled(onAPhone, ROOM);
        List<Tick> ticks = new ArrayList<>();
        for (int at = 0; at < borders.size(); at++) {
            long border = borders.get(at);
            ticks.add(new Tick(
                    Drawn.at(place((double) border)),
                    all.get(at) ? labels.apply(border) : null,
                    all.get(at) && !onAPhone.get(at)));
        }
        return ticks;
    }

    /** Which of the borders have one, units first. */
    private BitSet labelled(BitSet given, double room) {
        int apart = (int) Math.ceil(room * (borders.size() - 1) / Math.abs(end - begin));
        BitSet labelled = (BitSet) given.clone();
        for (boolean units : new boolean[] {true, false}) {
            for (int at = 0; at < borders.size(); at++) {
                int next = labelled.nextSetBit(Math.max(0, at - apart + 1));
                if (UNITS.contains(borders.get(at)) == units && (next < 0 || next >= at + apart)) {
                    labelled.set(at);
                }
            }
        }
        return labelled;
    }
}
