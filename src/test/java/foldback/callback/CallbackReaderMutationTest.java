package foldback.callback;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.callback.CallbackReading.Kind;
import foldback.callback.CallbackReading.NotRead;
import foldback.callback.CallbackReading.Read;
import foldback.ledger.Reading;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * What must hold of every body, tried with very many bad ones. A failure names its seed: {@code -Dfoldback.fuzz.seed=… -Dfoldback.fuzz.bodies=1}
 * repeats it alone, a greater number of bodies runs longer.
 */
class CallbackReaderMutationTest {
    private static final long BODIES = Long.getLong("foldback.fuzz.bodies", 1_000_000);
    private static final long FIRST_SEED = Long.getLong("foldback.fuzz.seed", 20_250_304L);

    /** Thousands of times what a body of this size takes: exceeded only by a parser that does not end, or hardly. */
    private static final Duration TOO_LONG = Duration.ofSeconds(10);

    @Test
    void anyBytesGiveTheSameCleanReading() {
        Map<String, Long> reached = LongStream.range(FIRST_SEED, FIRST_SEED + BODIES)
                .parallel()
                .mapToObj(CallbackReaderMutationTest::outcome)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        if (BODIES >= 100_000) {
            List<String> outcomes = List.of("read", "event", "other", "alertState", "ruleId", "dimensions", "body");
            outcomes.forEach(outcome -> assertTrue(
                    reached.getOrDefault(outcome, 0L) > BODIES / 2000,
                    () -> outcome + " is hardly reached: " + reached));
        }
    }

    private static String outcome(long seed) {
        byte[] body = new BodyMutator(seed).next();
        try {
            checkAside(seed, body);
            return check(body);
        } catch (RuntimeException | AssertionError | StackOverflowError e) {
            throw new AssertionError("seed " + seed + ", body " + Text.quote(Body.beginning(body, 0)), e);
        }
    }

    /** The outcome in a word. */
    private static String check(byte[] body) {
        long start = System.nanoTime();
        CallbackReading reading = CallbackReader.read(body);
        assertTrue(System.nanoTime() - start < TOO_LONG.toNanos(), "takes too long");
        if (reading instanceof NotRead notRead) {
            Cleanliness.check(notRead);
            String field = notRead.field() == null ? "body" : notRead.field();
            return notRead.kind() == Kind.INVALID ? field : notRead.kind().word();
        }
        checkRead((Read) reading, body);
        return "read";
    }

    /** What would double the time of the whole test is tried on every second body only. */
    private static void checkAside(long seed, byte[] body) {
        if (seed % 2 == 0) {
            Cleanliness.check(Fields.of(body));
            return;
        }
        byte[] before = body.clone();
        assertSame(CallbackReader.read(before), CallbackReader.read(body));
        assertArrayEquals(before, body, "the body is left as it was");
    }

    private static void checkRead(Read read, byte[] body) {
        read.readings().forEach(Cleanliness::check);
        if (read.parts().get(0) == body) {
            return;
        }
        for (int i = 0; i < read.parts().size(); i++) {
            int part = i;
            Read alone = assertInstanceOf(
                    Read.class, CallbackReader.read(read.parts().get(part)));
            Predicate<Reading> ofPart = reading -> reading.part() == part;
            assertEquals(
                    read.readings().stream().filter(ofPart).map(Reading::stream).toList(),
                    alone.readings().stream().map(Reading::stream).toList(),
                    "an element read alone is read as in its array");
            Cleanliness.check(Fields.of(read.parts().get(part)));
        }
    }

    private static void assertSame(CallbackReading first, CallbackReading second) {
        if (first instanceof Read a && second instanceof Read b) {
            assertEquals(a.readings(), b.readings());
            assertArrayEquals(a.parts().toArray(), b.parts().toArray());
        } else {
            assertEquals(first, second);
        }
    }
}
