package foldback.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Callbacks sent to this machine by one thread over many connections, until it is stopped or a bound is reached. A closed load sends
 * the next callback when one is answered; an open one at its rate, whatever becomes of them, and counts the time of each from when it
 * should have been sent. It keeps every exchange, and never sends one again by itself.
 */
final class Load implements AutoCloseable {
    /** A bound in case a test forgets. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<Wire> wires = new ArrayList<>();
    private final double perSecond;
    private final Supplier<@Nullable Shot> shots;
    private final Selector selector;
    private final Thread thread = new Thread(this::run, "load");
    final Tally tally = new Tally();
    final long began = System.nanoTime();
    private final Deque<Wire> idle = new ArrayDeque<>();
    private volatile boolean stopping;
    private volatile boolean halted;
    private long due;

    private Load(Target target, int connections, double perSecond, Supplier<@Nullable Shot> shots) {
        this.perSecond = perSecond;
        this.shots = shots;
        for (int i = 0; i < connections; i++) {
            wires.add(new Wire(target.ports().get(i % target.ports().size()), target.token()));
        }
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread.setDaemon(true);
        thread.start();
    }

    /** Where to send: connections are dealt to the ports in turn. */
    record Target(String token, List<Integer> ports) {
        static Target local(int port) {
            return new Target("local", List.of(port));
        }
    }

    static Load closed(Target target, int connections, Supplier<@Nullable Shot> shots) {
        return new Load(target, connections, 0, shots);
    }

    static Load open(Target target, int connections, double perSecond, Supplier<@Nullable Shot> shots) {
        return new Load(target, connections, perSecond, shots);
    }

    /** Sends no more, waits for the answers that are due, and gives every exchange in the order of its end. */
    List<Exchange> stop() {
        stopping = true;
        selector.wakeup();
        return finish();
    }

    /** As {@link #stop}, once there is nothing more to send. */
    List<Exchange> finish() {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        return tally.exchanges();
    }

    @Override
    public void close() {
        halted = true;
        stop();
    }

    private void run() {
        try (selector) {
            long end = began + LONGEST.toNanos();
            while (!halted
                    && System.nanoTime() < end
                    && !(stopping && wires.stream().noneMatch(Wire::isBusy))) {
                long now = System.nanoTime();
                if (!stopping) {
                    connect(now);
                    send(now);
                }
                selector.select(1);
                ready(System.nanoTime());
                giveUpOnTheSilent(now);
            }
            wires.forEach(wire -> tally.add(wire.broken(System.nanoTime())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void connect(long now) {
        idle.clear();
        for (Wire wire : wires) {
            try {
                wire.connect(selector, now);
            } catch (IOException e) {
                tally.add(wire.broken(now));
            }
            if (wire.isIdle()) {
                idle.add(wire);
            }
        }
    }

    private void send(long now) {
        while (!idle.isEmpty()) {
            long at = perSecond == 0 ? now : began + (long) (due * 1e9 / perSecond);
            if (at > now) {
                return;
            }
            Shot shot = shots.get();
            if (shot == null) {
                stopping = true;
                return;
            }
            due++;
            Wire wire = idle.removeFirst();
            try {
                wire.send(shot, at, selector);
            } catch (IOException e) {
                tally.add(wire.broken(now));
            }
        }
    }

    private void ready(long now) {
        for (SelectionKey key : selector.selectedKeys()) {
            Wire wire = (Wire) key.attachment();
            try {
                tally.add(key.isValid() ? wire.ready(key, now) : null);
            } catch (IOException e) {
                tally.add(wire.broken(now));
            }
        }
        selector.selectedKeys().clear();
    }

    private void giveUpOnTheSilent(long now) {
        long before = now - PATIENCE.toNanos();
        for (Wire wire : wires) {
            if (wire.silentSince(before)) {
                tally.add(wire.broken(now));
            }
        }
    }
}
