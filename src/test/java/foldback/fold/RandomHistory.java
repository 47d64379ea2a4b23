package foldback.fold;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A stream's history from a seed: repeats, level changes, no data, episodes real and odd, people, equal times, and all of it shuffled. */
final class RandomHistory {
    private static final Instant START = Instant.parse("2025-03-04T00:00:00Z");

    private final SplittableRandom random;
    private final List<Event> events = new ArrayList<>();
    private @Nullable String episode;

    private RandomHistory(long seed) {
        random = new SplittableRandom(seed);
    }

    /** In the order of recording, so with ids that grow; many are late. People name events recorded before theirs. */
    static List<Event> events(long seed) {
        RandomHistory history = new RandomHistory(seed);
        int length = 1 + history.random.nextInt(24);
        int lateness = history.random.nextInt(3) * 8;
        for (int n = 1; n <= length; n++) {
            history.events.add(history.event(n, lateness));
        }
        return history.events;
    }

    private Event event(int n, int lateness) {
        int late = lateness == 0 || random.nextInt(3) > 0 ? 0 : random.nextInt(lateness);
        Instant at = START.plus(Duration.ofMinutes(4L * Math.max(0, n - late) + random.nextInt(3)));
        boolean human = !events.isEmpty() && random.nextInt(5) == 0;
        return human ? operator(n, at) : signal(n, at);
    }

    private Event signal(int n, Instant at) {
        Said said =
                switch (random.nextInt(6)) {
                    case 0, 1, 2 -> new Said(Signal.ALERT, level(), null, value(), episodeOf(at), display());
                    case 3, 4 -> new Said(Signal.OK, null, level(), value(), episodeOf(at), display());
                    default -> new Said(Signal.INSUFFICIENT_DATA, null, null, null, episodeOf(at), display());
                };
        return new Event.Signalled(new Position(at, History.id(n)), at.plusSeconds(random.nextInt(600)), false, said);
    }

    private Event operator(int n, Instant at) {
        Position named = events.get(random.nextInt(events.size())).position();
        Instant newest =
                events.stream().map(Event::occurredAt).max(Instant::compareTo).orElse(at);
        Position clock = new Position(newest.isAfter(at) ? newest : at, History.id(n));
        return switch (random.nextInt(4)) {
            case 0 ->
                new Event.Resolved(random.nextBoolean() ? clock : new Position(at, History.id(n)), named, "ana", null);
            case 1 -> new Event.Acknowledged(clock, named, "ana", null);
            case 2 -> new Event.Unacknowledged(clock, named, "ben", null);
            default -> new Event.Noted(clock, named, "ana", "a note");
        };
    }

    private @Nullable Level level() {
        int choice = random.nextInt(4);
        return choice == 3 ? null : List.of(Level.values()).get(choice);
    }

    private @Nullable String value() {
        return random.nextInt(6) == 0 ? null : Integer.toString(random.nextInt(100));
    }

    private Display display() {
        return History.display(random.nextInt(8) == 0 ? "$Average<5" : "$Average>=5");
    }

    private @Nullable String episodeOf(Instant at) {
        switch (random.nextInt(6)) {
            case 0 -> episode = null;
            case 1 -> episode = History.episode(at.minus(Duration.ofMinutes(random.nextInt(20))));
            case 2 -> episode = History.episode(at.plus(Duration.ofMinutes(3)));
            default -> {}
        }
        return episode;
    }
}
