package foldback.bench;

import foldback.fold.Display;
import foldback.fold.Event;
import foldback.fold.Fold;
import foldback.fold.FoldPolicy;
import foldback.fold.Level;
import foldback.fold.Position;
import foldback.fold.Said;
import foldback.fold.Signal;
import foldback.fold.StreamState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Folding one stream from its first event on: an incident every ten minutes, with an ALERT a minute that twice changes the level, a loss
 * of data and an OK. An operation is one event.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Folding {
    private static final int EVENTS = 1000;
    private static final int EVENTS_AN_INCIDENT = 10;
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final Display DISPLAY = Display.of("ECS_CPU使用率过高", "acs_ecs_dashboard", "cpu_total");

    private final Fold fold = new Fold(new FoldPolicy(Duration.ZERO));
    private final List<Event.Moving> events = events();

    private static List<Event.Moving> events() {
        List<Event.Moving> events = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            events.add(event(i));
        }
        return events;
    }

    private static Event.Signalled event(int i) {
        int turn = i % EVENTS_AN_INCIDENT;
        Instant at = BEGIN.plus(Duration.ofMinutes(i));
        Signal signal = turn == EVENTS_AN_INCIDENT - 1
                ? Signal.OK
                : turn == EVENTS_AN_INCIDENT / 2 ? Signal.INSUFFICIENT_DATA : Signal.ALERT;
        Level level = turn >= 3 && turn < 7 ? Level.CRITICAL : Level.WARN;
        Said said = new Said(
                signal,
                signal == Signal.ALERT ? level : null,
                turn == 0 || signal == Signal.INSUFFICIENT_DATA ? null : level,
                Integer.toString(80 + i % 20) + ".5",
                signal == Signal.INSUFFICIENT_DATA ? null : transId(at.minus(Duration.ofMinutes(turn))),
                DISPLAY);
        UUID id = new UUID(at.toEpochMilli() << 16 | 0x7000, Long.MIN_VALUE | i);
        return new Event.Signalled(new Position(at, id), at.plusSeconds(2), false, said);
    }

    /** A UUID of version 1, as it is minted when an alert begins. */
    private static String transId(Instant began) {
        long ticks = (began.toEpochMilli() + 12_219_292_800_000L) * 10_000;
        return new UUID(ticks << 32 | (ticks >>> 16 & 0xFFFF_0000L) | 0x1000 | (ticks >>> 48 & 0xFFF), Long.MIN_VALUE)
                .toString();
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public StreamState fold() {
        StreamState state = StreamState.EMPTY;
        for (Event.Moving event : events) {
            state = fold.step(state, event).after();
        }
        return state;
    }
}
