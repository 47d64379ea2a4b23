package foldback.testing;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for what becomes true by itself. */
public final class Await {
    private Await() {}

    /** Asks again until it is so; an exception means not yet. Fails, with what it waited for, when the time is over. */
    public static void until(String what, Duration atMost, Callable<Boolean> condition) {
        long end = System.nanoTime() + atMost.toNanos();
        Exception last = null;
        while (System.nanoTime() < end) {
            try {
                if (condition.call()) {
                    return;
                }
            } catch (Exception e) {
                last = e;
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        throw new AssertionError("Not within " + atMost + ": " + what + (last == null ? "" : " (" + last + ")"), last);
    }
}
