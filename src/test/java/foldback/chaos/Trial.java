package foldback.chaos;

import foldback.testing.Await;
import foldback.testing.Database;
import foldback.testing.RunningJar;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** The packaged service with its own PostgreSQL under a load that lasts while something is done to them. */
final class Trial implements AutoCloseable {
    private static final long SEED = 20251124;
    private static final int STREAMS = 200;
    private static final double STEADY_PER_SECOND = 500;
    private static final int STEADY_CONNECTIONS = 1500;
    private static final int CAUGHT_UP = 500;

    final RunningJar service;
    final Database database;
    final Api api;
    final Load load;
    private long judgedFrom;

    private Trial(RunningJar service, Path dataDir, Load load) {
        this.service = service;
        this.database = new Database(dataDir);
        this.api = new Api(service.port(), null);
        this.load = load;
        this.judgedFrom = load.began;
    }

    /** Under as much as so many senders can send that wait for each answer. */
    static Trial begin(Path dataDir, int connections) throws SQLException, IOException {
        RunningJar service = RunningJar.start(dataDir, Map.of()).up();
        return new Trial(service, dataDir, Load.closed(target(service), connections, mixture())).begun();
    }

    /**
     * Under as much as comes, whatever becomes of it: what spools during an outage is bounded by its length. Begins when the service has
     * caught up with what came while its code was still being compiled.
     */
    static Trial steady(Path dataDir) throws SQLException, IOException {
        RunningJar service = RunningJar.start(dataDir, Map.of()).up();
        return new Trial(service, dataDir, Load.open(target(service), STEADY_CONNECTIONS, STEADY_PER_SECOND, mixture()))
                .begun()
                .caughtUp();
    }

    private static Load.Target target(RunningJar service) {
        return Load.Target.local(service.port());
    }

    private static Mixture mixture() {
        return new Mixture(SEED, "trial", STREAMS);
    }

    private Trial begun() throws SQLException, IOException {
        awaitRecorded(2000);
        return this;
    }

    private Trial caughtUp() throws SQLException, IOException {
        saying(() -> Await.until(
                CAUGHT_UP + " answers in a row are prompt",
                Duration.ofSeconds(90),
                () -> load.tally.prompt() >= CAUGHT_UP));
        long now = System.nanoTime();
        System.out.printf("caught up with its start after %.1f s%n", (now - judgedFrom) / 1e9);
        judgedFrom = now;
        return this;
    }

    /** Waits until so many more are answered with what became of them in the database. */
    void awaitRecorded(int more) throws SQLException, IOException {
        long target = load.tally.recorded() + more;
        saying(() -> Await.until(
                more + " more callbacks are recorded", Duration.ofSeconds(90), () -> load.tally.recorded() >= target));
    }

    /** Waits until the spool is empty while new callbacks still come, and says how fast it went. */
    void awaitDrained(Duration atMost) throws SQLException, IOException {
        AtomicLong began = new AtomicLong();
        AtomicLong most = new AtomicLong();
        saying(() -> Await.until("what was spooled is folded beside new callbacks", atMost, () -> {
            pause(50);
            long spooled = api.ask("/api/completeness").path("spooled").asLong();
            began.compareAndSet(0, System.nanoTime());
            most.accumulateAndGet(spooled, Math::max);
            return spooled == 0;
        }));
        double seconds = (System.nanoTime() - began.get()) / 1e9;
        System.out.printf(
                "drained %d beside new callbacks in %.1f s: %.0f a second%n",
                most.get(), seconds, most.get() / seconds);
    }

    static void pause(long millis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    /** Ends the load and holds what is there to what was answered. Gives what was due since the trial began. */
    List<Exchange> audit() throws SQLException, IOException {
        List<Exchange> exchanges = load.stop();
        System.out.printf(
                "answers: %s, the slowest after %d ms, and %d of those due at the start%n",
                load.tally, slowest(since(judgedFrom, exchanges)), slowest(exchanges));
        saying(() -> Audit.check(database, api, exchanges));
        return since(judgedFrom, exchanges);
    }

    private static List<Exchange> since(long begin, List<Exchange> exchanges) {
        return exchanges.stream()
                .filter(exchange -> exchange.sentAt() - begin >= 0)
                .toList();
    }

    static long slowest(List<Exchange> exchanges) {
        return exchanges.stream()
                .filter(exchange -> exchange.status() != 0)
                .mapToLong(exchange -> exchange.took().toMillis())
                .max()
                .orElse(0);
    }

    /** A failure says what the service said. */
    private void saying(Step step) throws SQLException, IOException {
        try {
            step.run();
        } catch (AssertionError e) {
            throw new AssertionError(
                    e.getMessage() + "\nanswers: " + load.tally + "\nthe service said:\n" + service.output(), e);
        }
    }

    private interface Step {
        void run() throws SQLException, IOException;
    }

    @Override
    public void close() {
        load.close();
        service.close();
    }
}
