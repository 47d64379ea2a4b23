package foldback.fold;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Writes a stream's history as a test reads it: {@code history.alert("10:00").level(WARN).ok("11:00")}. Times are of 2025-03-04, UTC.
 * Ids count up in the order of writing, which is the order of recording.
 */
final class History {
    private static final Display DISPLAY = new Display(
            "cpu", "acs_ecs", "cpu_total", "web-1", null, null, null, null, "%", "$Average>=90", new TreeMap<>());

    private final List<Event> events = new ArrayList<>();
    private int recorded;

    /** The id of the nth event written, from 1. */
    static UUID id(int n) {
        return new UUID(0x0195_0000_0000_7000L, 0x8000_0000_0000_0000L + n);
    }

    static Instant at(String time) {
        return Instant.parse("2025-03-04T" + (time.length() == 5 ? time + ":00" : time) + "Z");
    }

    /** A transId whose episode began then. */
    static String episode(String time) {
        return episode(at(time));
    }

    static String episode(Instant began) {
        long ticks = (began.toEpochMilli() + 12_219_292_800_000L) * 10_000;
        long high = (ticks << 32) | ((ticks >>> 32 & 0xFFFF) << 16) | 0x1000 | (ticks >>> 48 & 0xFFF);
        return new UUID(high, 0x9456_0016_3E1A_2B3CL).toString();
    }

    History alert(String time) {
        return alert(time, null, null, null);
    }

    History alert(String time, Level level, String value, String transId) {
        return signal(time, new Said(Signal.ALERT, level, null, value, transId, DISPLAY));
    }

    History alert(String time, Said said) {
        return signal(time, said);
    }

    History ok(String time) {
        return ok(time, null, null, null);
    }

    History ok(String time, Level previous, String value, String transId) {
        return signal(time, new Said(Signal.OK, null, previous, value, transId, DISPLAY));
    }

    History noData(String time) {
        return noData(time, null);
    }

    History noData(String time, String transId) {
        return signal(time, new Said(Signal.INSUFFICIENT_DATA, null, null, null, transId, DISPLAY));
    }

    History signal(String time, Said said) {
        return signal(at(time), said);
    }

    History signal(Instant at, Said said) {
        Position position = next(at);
        events.add(new Event.Signalled(position, at.plus(Duration.ofMillis(200)), false, said));
        return this;
    }

    /** {@code n}: the number of the event that the person names. */
    History resolvedByHand(String time, int n) {
        events.add(new Event.Resolved(next(at(time)), position(n), "ana", null));
        return this;
    }

    History acknowledged(String time, int n) {
        events.add(new Event.Acknowledged(next(at(time)), position(n), "ana", null));
        return this;
    }

    History unacknowledged(String time, int n) {
        events.add(new Event.Unacknowledged(next(at(time)), position(n), "ana", null));
        return this;
    }

    History noted(String time, int n) {
        events.add(new Event.Noted(next(at(time)), position(n), "ana", "looking"));
        return this;
    }

    Position position(int n) {
        return events.get(n - 1).position();
    }

    List<Event> events() {
        return List.copyOf(events);
    }

    private Position next(Instant at) {
        recorded++;
        return new Position(at, id(recorded));
    }

    static Display display(String expression) {
        return new Display(
                DISPLAY.alertName(),
                DISPLAY.namespace(),
                DISPLAY.metricName(),
                DISPLAY.instanceName(),
                null,
                null,
                null,
                null,
                "%",
                expression,
                new TreeMap<>());
    }

    static Said alertSaying(String value, String expression) {
        return new Said(Signal.ALERT, Level.WARN, null, value, null, display(expression));
    }
}
