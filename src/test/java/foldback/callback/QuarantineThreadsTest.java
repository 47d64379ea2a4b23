package foldback.callback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A few at once, some that wait, and the others are told at once. */
class QuarantineThreadsTest {
    private static final int ROOM = 4 + 256;

    @Test
    void whatFindsNoRoomHasNoResultAtOnceAndWhatFoundSomeIsDone() throws Exception {
        QuarantineThreads threads = new QuarantineThreads();
        CountDownLatch held = new CountDownLatch(1);
        List<CompletableFuture<Optional<String>>> taken = new ArrayList<>();
        for (int n = 0; n < ROOM; n++) {
            taken.add(threads.call(() -> done(held)));
        }
        CompletableFuture<Optional<String>> tooMany = threads.call(() -> done(held));
        assertTrue(tooMany.isDone());
        assertEquals(Optional.empty(), tooMany.get());
        assertTrue(taken.stream().noneMatch(CompletableFuture::isDone), "the others wait");
        held.countDown();
        for (CompletableFuture<Optional<String>> one : taken) {
            assertEquals(Optional.of("done"), one.get(10, TimeUnit.SECONDS));
        }
    }

    private static Optional<String> done(CountDownLatch held) {
        try {
            held.await();
            return Optional.of("done");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
