package foldback.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.testing.Database;
import foldback.testing.RunningJar;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More comes than can be recorded, from more senders than may wait. */
class OverloadChaos {
    private static final int RESIDENT_MEGABYTES = 900;
    private static final int CLOUDMONITOR_WAITS_MILLIS = 5000;
    private static final int FEW = 64;
    private static final int MANY = 1500;
    private static final Map<String, String> SMALL =
            Map.of("JDK_JAVA_OPTIONS", "-Xmx512m", "FOLDBACK_COMMITTER_QUEUE", "200");

    @TempDir
    Path home;

    private final List<Exchange> exchanges = new ArrayList<>();

    @Test
    void itRefusesEarlyWhatItCannotTakeAndLosesNoStrength() throws Exception {
        try (RunningJar service = RunningJar.start(home.resolve("data"), SMALL).up()) {
            Load.Target target = Load.Target.local(service.port());
            few(target, "warm-up", 6);
            double best = few(target, "best", 5);
            double under = many(target, 10);
            double after = few(target, "after", 3);
            System.out.printf(
                    "callbacks a second: at best %.0f; %.0f under all that %d senders send (%.2f of it); then %.0f; %d MB resident%n",
                    best, under, MANY, under / best, after, service.peakResidentMegabytes());
            assertTrue(service.peakResidentMegabytes() < RESIDENT_MEGABYTES, "memory");
            assertFalse(service.output().contains("OutOfMemory"), service::output);
            Audit.check(new Database(home.resolve("data")), new Api(service.port(), null), exchanges);
        }
    }

    /** Fewer senders than may wait: none has a reason to be refused. */
    private double few(Load.Target target, String name, int seconds) {
        try (Load load = Load.closed(target, FEW, new Mixture(4, name, 1000))) {
            Trial.pause(Duration.ofSeconds(seconds).toMillis());
            double acknowledged = load.tally.acknowledged();
            exchanges.addAll(load.stop());
            assertEquals(0, load.tally.count(503), () -> name + ": " + load.tally);
            return acknowledged / seconds;
        }
    }

    private double many(Load.Target target, int seconds) {
        try (Load load = Load.closed(target, MANY, new Mixture(5, "overload", 1000))) {
            Trial.pause(Duration.ofSeconds(seconds).toMillis());
            double acknowledged = load.tally.acknowledged();
            List<Exchange> sent = load.stop();
            exchanges.addAll(sent);
            long refused = median(sent, false);
            System.out.printf(
                    "overload: answers %s; half of them within %d ms, refusals within %d ms%n",
                    load.tally, median(sent, true), refused);
            assertEquals(0, load.tally.count(0), "none is left without an answer");
            assertTrue(load.tally.count(503) > 0, "what cannot be taken is refused");
            assertTrue(refused < CLOUDMONITOR_WAITS_MILLIS, () -> "and early, not after " + refused + " ms");
            return acknowledged / seconds;
        }
    }

    private static long median(List<Exchange> exchanges, boolean acknowledged) {
        long[] millis = exchanges.stream()
                .filter(exchange -> exchange.acknowledged() == acknowledged)
                .mapToLong(exchange -> exchange.took().toMillis())
                .sorted()
                .toArray();
        return millis.length == 0 ? 0 : millis[millis.length / 2];
    }
}
