package foldback.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.fold.StreamState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What a process remembers of the heads that it wrote. */
class KnownHeadsTest {
    private static final int MORE_THAN_ARE_KEPT = 200_000;
    private static final UUID STREAM = new UUID(1, 1);

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final KnownHeads known = new KnownHeads(nanos::get);

    @Test
    void whatWasWrittenIsKnown() {
        known.keep(List.of(head(STREAM, 3)));
        assertEquals(Map.of(STREAM, head(STREAM, 4)), known.of(Set.of(STREAM, new UUID(2, 2))));
    }

    @Test
    void theLaterOfTwoVersionsIsKept() {
        known.keep(List.of(head(STREAM, 4)));
        known.keep(List.of(head(STREAM, 3)));
        assertEquals(5, known.of(Set.of(STREAM)).get(STREAM).version());
    }

    @Test
    void itIsTrustedForAMinute() {
        known.keep(List.of(head(STREAM, 3)));
        pass(Duration.ofSeconds(59));
        assertEquals(1, known.of(Set.of(STREAM)).size());
        pass(Duration.ofSeconds(1));
        assertEquals(Map.of(), known.of(Set.of(STREAM)));
    }

    @Test
    void whatGoesOnIsTrustedForNoLonger() {
        known.keep(List.of(head(STREAM, 3)));
        pass(Duration.ofSeconds(40));
        known.keep(List.of(head(STREAM, 4)));
        pass(Duration.ofSeconds(20));
        assertEquals(Map.of(), known.of(Set.of(STREAM)));
        known.keep(List.of(head(STREAM, 5)));
        pass(Duration.ofSeconds(59));
        assertEquals(6, known.of(Set.of(STREAM)).get(STREAM).version());
    }

    @Test
    void theOnesUsedLongestAgoMakeRoom() {
        List<UUID> streams = new ArrayList<>();
        for (int n = 0; n < MORE_THAN_ARE_KEPT; n++) {
            streams.add(new UUID(n, n));
            known.keep(List.of(head(new UUID(n, n), 1)));
            assertEquals(1, known.of(streams.subList(0, 1)).size(), "used all the time");
        }
        int kept = known.of(streams).size();
        assertTrue(kept > 50_000 && kept < MORE_THAN_ARE_KEPT, () -> kept + " are kept");
        assertEquals(
                kept - 1,
                known.of(streams.subList(MORE_THAN_ARE_KEPT - kept + 1, MORE_THAN_ARE_KEPT))
                        .size());
    }

    @Test
    void longTextsTakeTheRoomOfMany() {
        StreamState withALongText = new StreamState(null, null, null, "x".repeat(15_000_000), null);
        List<UUID> streams = new ArrayList<>();
        for (int n = 0; n < 5; n++) {
            streams.add(new UUID(n, n));
            known.keep(List.of(head(new UUID(n, n), 1, withALongText)));
        }
        assertEquals(Set.of(new UUID(3, 3), new UUID(4, 4)), known.of(streams).keySet());
        known.keep(List.of(head(new UUID(3, 3), 2), head(new UUID(4, 4), 2)));
        known.keep(List.of(head(STREAM, 1, withALongText)));
        assertEquals(2, known.of(streams.subList(3, 5)).size(), "what they weighed is free");
    }

    @Test
    void whatMayBeOtherwiseIsForgotten() {
        known.keep(List.of(head(STREAM, 3), head(new UUID(2, 2), 3)));
        known.forget(List.of(STREAM, new UUID(3, 3)));
        assertEquals(
                Set.of(new UUID(2, 2)), known.of(Set.of(STREAM, new UUID(2, 2))).keySet());
        known.keep(List.of(head(STREAM, 1)));
        assertEquals(2, known.of(Set.of(STREAM)).get(STREAM).version());
    }

    @Test
    void behindAnotherWriterNothingIsKeptForAWhile() {
        known.keep(List.of(head(STREAM, 3)));
        known.forgetForAWhile();
        pass(Duration.ofSeconds(9));
        known.keep(List.of(head(STREAM, 4)));
        assertEquals(Map.of(), known.of(Set.of(STREAM)));
        pass(Duration.ofSeconds(1));
        known.keep(List.of(head(STREAM, 5)));
        assertEquals(6, known.of(Set.of(STREAM)).get(STREAM).version());
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private static StreamHead head(UUID stream, long version) {
        return head(stream, version, StreamState.EMPTY);
    }

    private static StreamHead head(UUID stream, long version, StreamState state) {
        return new StreamHead(
                stream, version, 1, Instant.EPOCH, new UUID(0, 0), state, null, null, StreamHead.Counts.NONE, 0);
    }
}
