package foldback.listing;

import foldback.problem.ProblemException;
import foldback.problem.Refusal;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How many may use the database for one purpose at once. The next ones wait for a place, a few for a short time; all others are refused
 * at once, for each that waits holds a thread that callbacks need as well.
 */
public final class Places {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Semaphore places;
    private final int mostWaiting;

    /**
     * For one purpose.
     *
     * @param mostWaiting how many may wait for a place; of the 200 threads, all purposes together must leave some
     */
    public Places(int atOnce, int mostWaiting) {
        this.places = new Semaphore(atOnce, true);
        this.mostWaiting = mostWaiting;
    }

    /** What is to be done in a place. */
    @FunctionalInterface
    public interface Work<T, E extends Exception> {
        T run() throws E;
    }

    /**
     * Does it in a place.
     *
     * @throws ProblemException with 503 where there is no place in time
     */
    public <T, E extends Exception> T in(Work<T, E> work) throws E {
        take();
        try {
            return work.run();
        } finally {
            places.release();
        }
    }

    int free() {
        return places.availablePermits();
    }

    int waiting() {
        return places.getQueueLength();
    }

    private void take() {
        try {
            if (waiting() >= mostWaiting || !places.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw unavailable("More is asked than can be answered now.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("The service stops.");
        }
    }

    static ProblemException unavailable(String detail) {
        return Refusal.UNAVAILABLE.because(detail).withHeader(HttpHeaders.RETRY_AFTER, "2");
    }
}
