package foldback.ledger;

import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much may be on its way into the database at once, by weight, so that no storm fills the memory. One that alone is heavier than the
 * bound is let in when nothing else is on its way. Whoever is refused is to be told so at once.
 */
@Singleton
public final class Admission {
    private static final long LARGEST_WEIGHT = 96L << 20;

    private final AtomicLong weight = new AtomicLong();
    private final AtomicLong inFlight = new AtomicLong();

    /** False where there is no room now; otherwise {@link #leave} with the same weight must follow. */
    public boolean enter(long itsWeight) {
        long before = weight.getAndAdd(itsWeight);
        if (before > 0 && before + itsWeight > LARGEST_WEIGHT) {
            weight.addAndGet(-itsWeight);
            return false;
        }
        inFlight.incrementAndGet();
        return true;
    }

    public void leave(long itsWeight) {
        weight.addAndGet(-itsWeight);
        inFlight.decrementAndGet();
    }

    /** Callbacks that were let in and are not answered yet. */
    public long inFlight() {
        return inFlight.get();
    }
}
