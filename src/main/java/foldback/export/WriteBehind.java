package foldback.export;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows in a thread of its own while the next ones are read, so that the database and the reader of the answer do not wait for each
 * other in turn. Few rows are on their way: when the writer falls behind, whoever hands them over waits.
 */
final class WriteBehind<T> implements RowWriter<T>, AutoCloseable {
    private static final int TOGETHER = 16;
    private static final int WAITING = 2;
    private static final long LOOK_EVERY_MILLIS = 50;

    private final RowWriter<T> writer;
    private final BlockingQueue<List<T>> waiting = new ArrayBlockingQueue<>(WAITING);
    private final Thread thread;
    private List<T> rows = new ArrayList<>(TOGETHER);
    private volatile @Nullable Throwable failure;

    WriteBehind(RowWriter<T> writer, String name) {
        this.writer = writer;
        this.thread = new Thread(this::run, name);
        thread.start();
    }

    @Override
    public void write(T row) throws IOException {
        rows.add(row);
        if (rows.size() == TOGETHER) {
            handOver();
        }
    }

    /** Returns once all is written. */
    @Override
    public void end() throws IOException {
        if (!rows.isEmpty()) {
            handOver();
        }
        handOver();
        join();
        refuseFailure();
    }

    /** Where it has not ended, nothing more is written. */
    @Override
    public void close() {
        thread.interrupt();
        join();
    }

    /** An empty list is the end. */
    private void handOver() throws IOException {
        try {
            boolean taken = false;
            while (!taken) {
                refuseFailure();
                taken = waiting.offer(rows, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while rows were to be written", e);
        }
        rows = new ArrayList<>(TOGETHER);
    }

    private void refuseFailure() throws IOException {
        Throwable failed = failure;
        if (failed != null) {
            throw new IOException(failed);
        }
    }

    private void join() {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
                thread.interrupt();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            for (List<T> next = waiting.take(); !next.isEmpty(); next = waiting.take()) {
                for (T row : next) {
                    writer.write(row);
                }
            }
            writer.end();
        } catch (IOException | RuntimeException | Error | InterruptedException e) {
            // An Error too, or whoever hands over would wait for ever. An interrupt ends this thread, which is its own.
            failure = e;
        }
    }
}
