package foldback;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Stops the database after the application, whether that ends by a signal, by itself, or before it has begun. Shutdown
 * hooks run at the same time as each other, Quarkus' own among them, so this one waits for the application's end.
 */
final class StopInOrder {
    private static final long LONGEST_APPLICATION_STOP_SECONDS = 20;

    private final CountDownLatch applicationEnded = new CountDownLatch(1);
    private volatile boolean applicationBegan;

    void atExitClose(AutoCloseable database) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(database), "stop-postgresql"));
    }

    void applicationBegins() {
        applicationBegan = true;
    }

    void applicationEnded() {
        applicationEnded.countDown();
    }

    private void close(AutoCloseable database) {
        boolean late = false;
        try {
            late = applicationBegan && !applicationEnded.await(LONGEST_APPLICATION_STOP_SECONDS, TimeUnit.SECONDS);
            if (late) {
                System.err.println("The application has not ended in time: stopping its database, then the process");
            }
            database.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            System.err.println("The database could not be stopped: " + e);
        }
        if (late) {
            // It might wait for ever, and keep its port: an application whose start hangs does not stop either.
            Runtime.getRuntime().halt(1);
        }
    }
}
