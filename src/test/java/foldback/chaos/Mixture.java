package foldback.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Callbacks as a bad day brings them, without an end and from a seed: opening and resolving ones, lost data, repetitions, late ones,
 * several dimension objects at once, some without a time, some that cannot be read. No two of a stream occur at the same time, so that
 * their order is their own and not that of their delivery. Every stream is spoken of once before any is spoken of again. Used by one thread at a time.
 */
final class Mixture implements Supplier<@Nullable Shot> {
    private static final long APART_MILLIS = 2000;
    private static final long BEGAN_DAYS_AGO = 20;
    private static final int REMEMBERED = 200;

    private final Random random;
    private final String name;
    private final int streams;
    private final long began;
    private final List<Said> said = new ArrayList<>();
    private final List<Shot> latest = new ArrayList<>();
    private long sent;

    /** @param name becomes the rule of all its streams, and so sets them apart from those of other mixtures */
    Mixture(long seed, String name, int streams) {
        this.random = new Random(seed);
        this.name = name;
        this.streams = streams;
        this.began =
                System.currentTimeMillis() - Duration.ofDays(BEGAN_DAYS_AGO).toMillis();
    }

    String userId() {
        return "1098765432101234";
    }

    String rule() {
        return name;
    }

    /** All that it said, each once, in the order of sending, those without a time apart. */
    List<Said> saidWithTime() {
        return said.stream().filter(one -> one.at() > 0).toList();
    }

    @Override
    public Shot get() {
        sent++;
        if (sent <= all()) {
            return signal(said(List.of((int) sent - 1), sent <= streams ? began + sent * APART_MILLIS : 0));
        }
        int chance = random.nextInt(100);
        if (chance < 15 && !latest.isEmpty()) {
            return latest.get(random.nextInt(latest.size()));
        }
        Shot shot = fresh(chance);
        if (latest.size() < REMEMBERED) {
            latest.add(shot);
        } else {
            latest.set(random.nextInt(REMEMBERED), shot);
        }
        return shot;
    }

    private Shot fresh(int chance) {
        if (chance < 17) {
            String body = "{\"name\":\"Restarted\",\"product\":\"ECS\",\"level\":\"WARN\",\"id\":\"" + name + "-" + sent
                    + "\"}";
            return new Shot(Shot.Kind.EVENT, null, body);
        }
        if (chance < 19) {
            String body = "userId=1&ruleId=" + name + "&alertState=PERHAPS&curValue=" + sent;
            return new Shot(Shot.Kind.UNREADABLE, null, body);
        }
        return signal(say(chance));
    }

    private Shot signal(Said one) {
        said.add(one);
        return Shot.of(one, userId());
    }

    /** The last of them hear only what comes without a time. */
    private int all() {
        return streams + 1 + streams / 20;
    }

    private Said say(int chance) {
        if (chance < 21) {
            return said(List.of(streams + random.nextInt(all() - streams)), 0);
        }
        int stream = random.nextInt(streams);
        if (chance < 31) {
            // Behind what its stream has heard by now, and at a time that no other has.
            long before = Math.max(1, sent - 50 - random.nextInt(900));
            return said(List.of(stream), began + before * APART_MILLIS + 1 + sent % (APART_MILLIS - 1));
        }
        long at = began + sent * APART_MILLIS;
        return said(chance < 36 && streams > 1 ? List.of(stream, (stream + 1) % streams) : List.of(stream), at);
    }

    private Said said(List<Integer> dimensions, long at) {
        int state = random.nextInt(20);
        String[] levels = {"CRITICAL", "WARN", "INFO"};
        return new Said(
                name,
                dimensions,
                at,
                state < 12 ? "ALERT" : state < 18 ? "OK" : "INSUFFICIENT_DATA",
                levels[random.nextInt(levels.length)],
                random.nextInt(100) + "." + sent);
    }
}
