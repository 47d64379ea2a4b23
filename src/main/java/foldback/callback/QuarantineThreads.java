package foldback.callback;

import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Who puts callbacks into quarantine. A few threads of their own, each with a connection at a time: a storm of what cannot be read must not
 * take those that questions and other callbacks need. The next ones wait in a bounded queue; when it is full, there is no result at once.
 */
@Singleton
final class QuarantineThreads {
    private static final int THREADS = 4;
    private static final int MOST_WAITING = 256;

    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            THREADS, THREADS, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), work -> {
                Thread thread = new Thread(work, "quarantine");
                thread.setDaemon(true);
                return thread;
            });

    QuarantineThreads() {
        threads.allowCoreThreadTimeOut(true);
    }

    /** Does the work, and completes with its result; empty, at once, where too much waits. */
    <T> CompletableFuture<Optional<T>> call(Supplier<Optional<T>> work) {
        try {
            return CompletableFuture.supplyAsync(work, threads);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
    }
}
