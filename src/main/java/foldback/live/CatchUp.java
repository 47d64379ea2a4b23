package foldback.live;

import foldback.ledger.FeedPosition;
import foldback.ledger.FeedRows.Bounds;
import foldback.problem.ProblemException;
import foldback.problem.Refusal;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Serves those who have not caught up with the reader: in turn, a page each, and the next one once that is on its way. Whoever else stands
 * somewhere within a page gets it too, so that a thousand who come back from another process cost little more than one. Its queues are bounded by
 * {@link Audience}.
 */
@Singleton
class CatchUp {
    private static final Logger LOG = Logger.getLogger(CatchUp.class);

    private final LivePages pages;
    private final Audience audience;
    private final Queue<Newcomer> newcomers = new ConcurrentLinkedQueue<>();
    private final Queue<Subscriber> behind = new ConcurrentLinkedQueue<>();

    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "live-catch-up");
        thread.setDaemon(true);
        return thread;
    });

    CatchUp(LivePages pages, Audience audience) {
        this.pages = pages;
        this.audience = audience;
    }

    /**
     * Somebody who wants to listen.
     *
     * @param after the last id that it has had; null: it begins now
     * @param refusal told instead, where it cannot
     */
    record Newcomer(Subscriber subscriber, @Nullable FeedPosition after, Consumer<Throwable> refusal) {}

    void stop(@Observes ShutdownEvent event) {
        thread.shutdownNow();
    }

    void admit(Newcomer newcomer) {
        newcomers.add(newcomer);
        thread.execute(this::admitAll);
    }

    /** All who have come by now: the ends of the feed are asked for once. */
    private void admitAll() {
        List<Newcomer> coming = new ArrayList<>();
        for (Newcomer next = newcomers.poll(); next != null; next = newcomers.poll()) {
            coming.add(next);
        }
        if (coming.isEmpty()) {
            return;
        }
        try {
            Bounds bounds = pages.bounds();
            coming.forEach(newcomer -> admit(newcomer, bounds));
        } catch (RuntimeException e) {
            coming.forEach(newcomer -> newcomer.refusal.accept(e));
        }
    }

    private void admit(Newcomer newcomer, Bounds bounds) {
        FeedPosition after = newcomer.after;
        if (after != null && (after.isBefore(bounds.start()) || bounds.end().isBefore(after))) {
            newcomer.refusal.accept(gone());
            return;
        }
        newcomer.subscriber.begin(after == null ? bounds.now() : after, after == null);
        serve(newcomer.subscriber);
    }

    private static ProblemException gone() {
        return Refusal.GONE.because(
                "The feed is no longer kept as far back as this id, or never gave it. Read the list of incidents, and follow the feed without an id.");
    }

    private void serve(Subscriber subscriber) {
        behind.add(subscriber);
        thread.execute(this::serveNext);
    }

    private void serveNext() {
        Subscriber next = behind.poll();
        if (next == null || next.isOver() || audience.join(next)) {
            return;
        }
        try {
            serve(next, pages.read(next.position()));
        } catch (RuntimeException | Error e) {
            LOG.warnf("A client that resumes the live feed has to come again: %s", e.getMessage());
            next.end();
        }
    }

    private void serve(Subscriber first, LivePage page) {
        if (page.lost()) {
            first.end();
            return;
        }
        LivePage.Parts parts = new LivePage.Parts(page);
        first.hear(page, parts, () -> serve(first));
        for (Iterator<Subscriber> others = behind.iterator(); others.hasNext(); ) {
            Subscriber other = others.next();
            if (!other.position().isBefore(page.after()) && other.position().isBefore(page.end())) {
                others.remove();
                other.hear(page, parts, () -> serve(other));
            }
        }
    }
}
