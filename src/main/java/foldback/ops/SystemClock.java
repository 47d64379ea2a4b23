package foldback.ops;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/** The one clock of the service, as precise as PostgreSQL keeps its instants. Whatever needs the time has it handed in. */
final class SystemClock {
    private static final Duration MICROSECOND = Duration.ofNanos(1000);

    SystemClock() {}

    @Produces
    @Singleton
    static Clock clock() {
        return Clock.tick(Clock.systemUTC(), MICROSECOND);
    }
}
