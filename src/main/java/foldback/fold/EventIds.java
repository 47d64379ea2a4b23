package foldback.fold;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * UUIDs of version 7 (RFC 9562, section 5.7), which sort by the time they were made. {@link UUID#compareTo} compares signed and
 * therefore differently from PostgreSQL; {@link #compare} agrees with it.
 */
public final class EventIds {
    private static final long VERSION = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final long RANDOM_A = 0xFFFL;
    private static final long RANDOM_B = 0x3FFF_FFFF_FFFF_FFFFL;

    private EventIds() {}

    public static int compare(UUID a, UUID b) {
        int high = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
        return high != 0 ? high : Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits());
    }

    /** An id of the given millisecond; {@code random} fills the rest. */
    public static UUID at(Instant now, long random) {
        long high = now.toEpochMilli() << 16 | VERSION | (random >>> 52 & RANDOM_A);
        return new UUID(high, VARIANT | (random * 0x9E37_79B9_7F4A_7C15L & RANDOM_B));
    }

    /**
     * An id greater than {@code previous} in any case: of the given instant, or a little behind {@code previous} where the clock lags
     * behind it. How little is random, so that two writers who know the same {@code previous} do not give the same id.
     */
    public static UUID after(@Nullable UUID previous, Instant now, long random) {
        UUID fresh = at(now, random);
        return previous == null || compare(fresh, previous) > 0 ? fresh : next(previous, (random >>> 32) + 1);
    }

    private static UUID next(UUID id, long step) {
        long low = (id.getLeastSignificantBits() & RANDOM_B) + step;
        if (low <= RANDOM_B) {
            return new UUID(id.getMostSignificantBits(), VARIANT | low);
        }
        long high = id.getMostSignificantBits();
        boolean carries = (high & RANDOM_A) == RANDOM_A;
        long nextHigh = carries ? ((high >>> 16) + 1) << 16 | VERSION : high + 1;
        return new UUID(nextHigh, VARIANT | (low & RANDOM_B));
    }
}
