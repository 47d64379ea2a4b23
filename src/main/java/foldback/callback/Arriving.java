package foldback.callback;

import foldback.callback.CallbackMetrics.Answered;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much of large bodies may be held at once while the rest of them is on its way, so that no number of senders fills the memory. What
 * almost every callback fits into counts for nothing: slow senders of large bodies keep no others away.
 */
@Singleton
final class Arriving {
    /** What each may have, whatever the others have. */
    static final int OWN = 4096;

    static final long MOST = 64L << 20;

    private final CallbackMetrics metrics;
    private final AtomicLong bytes = new AtomicLong();

    Arriving(CallbackMetrics metrics) {
        this.metrics = metrics;
    }

    /** False where there is no room now, and the callback is refused; otherwise {@link #leave} with as much must follow. */
    boolean enter(long more) {
        if (bytes.addAndGet(more) > MOST) {
            bytes.addAndGet(-more);
            metrics.count(Answered.REFUSED);
            return false;
        }
        return true;
    }

    void leave(long less) {
        bytes.addAndGet(-less);
    }

    /** How much is held now, beyond what each may have. */
    long bytes() {
        return bytes.get();
    }
}
