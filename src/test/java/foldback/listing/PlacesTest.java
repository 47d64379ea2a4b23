package foldback.listing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import foldback.problem.ProblemException;
import foldback.testing.Await;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class PlacesTest {
    private final Places places = new Places(1, 1);

    @Test
    void whoFailsGivesItsPlaceBack() {
        assertThrows(
                IllegalStateException.class,
                () -> places.in(() -> {
                    throw new IllegalStateException();
                }));
        assertEquals("done", places.in(() -> "done"));
    }

    @Test
    void oneWorksOneWaitsAndTheThirdIsRefusedAtOnce() {
        CountDownLatch open = new CountDownLatch(1);
        CompletableFuture<String> working = CompletableFuture.supplyAsync(() -> places.in(() -> held(open)));
        Await.until("the place is taken", Duration.ofSeconds(5), () -> places.free() == 0);
        CompletableFuture<String> waiting = CompletableFuture.supplyAsync(() -> places.in(() -> "waited"));
        Await.until("another waits", Duration.ofSeconds(5), () -> places.waiting() == 1);
        ProblemException refused = assertThrows(ProblemException.class, () -> places.in(() -> "refused"));
        assertEquals("2", refused.problem().headers().get("Retry-After"));
        assertFalse(waiting.isDone());
        open.countDown();
        assertEquals("worked", working.join());
        assertEquals("waited", waiting.join());
    }

    private static String held(CountDownLatch open) {
        try {
            open.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return "worked";
    }
}
