package foldback.live;

import foldback.ledger.FeedPosition;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Objects;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who listens. What is sent waits for the socket on the event loop of the connection. Whoever reads so slowly that a megabyte waits
 * when more is to come is dropped, or that less does where much waits for all together, and can resume with the id that came last. Where it
 * stands in the feed belongs to whoever serves it: the catch-up, then the reader.
 */
final class Subscriber {
    private static final Logger LOG = Logger.getLogger(Subscriber.class);
    private static final int MOST_WAITING = 1 << 20;
    private static final long MOST_WAITING_FOR_ALL = 128L << 20;
    /** What a client may have waiting even then. */
    private static final int SHARE = (int) (MOST_WAITING_FOR_ALL / Audience.MOST);

    private static final String CONNECTION_OPEN = "retry: 2000\n";

    private final RoutingContext request;
    private final HttpServerResponse response;
    private final Context loop;
    private final LiveFilter filter;
    private final LiveCounts counts;

    private @Nullable FeedPosition position;
    private boolean atEnd;
    private volatile boolean dropped;

    /** Seen by the event loop only, like the following. */
    private int waiting;

    private int waitedAtLastBeat;
    private @Nullable FeedPosition told;
    private @Nullable Runnable drained;

    /** @param loop of the connection */
    Subscriber(RoutingContext request, Context loop, LiveFilter filter, LiveCounts counts) {
        this.request = request;
        this.response = request.response();
        this.loop = loop;
        this.filter = filter;
        this.counts = counts;
    }

    LiveFilter filter() {
        return filter;
    }

    /** Up to where it has been served. */
    FeedPosition position() {
        return Objects.requireNonNull(position, "has not begun");
    }

    /** Whether nothing was behind its position when it got there. */
    boolean atEnd() {
        return atEnd;
    }

    boolean isOver() {
        return dropped || response.ended() || response.closed();
    }

    /** Begins the stream, at a place from which it can be resumed even if nothing ever comes. */
    void begin(FeedPosition at, boolean isEnd) {
        position = at;
        atEnd = isEnd;
        loop.runOnContext(go -> {
            response.setChunked(true)
                    .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
                    .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                    // Proxies of the nginx kind hold answers back otherwise.
                    .putHeader("X-Accel-Buffering", "no");
            told = at;
            write(Buffer.buffer(CONNECTION_OPEN + beat(at)));
        });
    }

    /** Hands it what concerns it of a page. */
    void hear(LivePage page, LivePage.Parts parts) {
        hear(page, parts, null);
    }

    /** @param whenDrained called once all of it is on its way */
    void hear(LivePage page, LivePage.Parts parts, @Nullable Runnable whenDrained) {
        try {
            LivePage.Part part = parts.of(filter, position());
            position = page.end();
            atEnd = !page.more();
            loop.runOnContext(go -> send(part, page.end(), whenDrained));
        } catch (RuntimeException e) {
            // What was said about incidents could not be read. Whoever comes again gets the same page.
            LOG.warnf("A client of the live feed has to come again: %s", e.getMessage());
            end();
        }
    }

    private void send(LivePage.Part part, FeedPosition end, @Nullable Runnable whenDrained) {
        drained = whenDrained;
        if (part.events() > 0) {
            if (waiting > MOST_WAITING || isTooMuch(part.text().length())) {
                drop();
                return;
            }
            counts.delivered(part.events());
            write(part.text());
        }
        told = end;
        callDrained();
    }

    /** Where no more may wait for all together, nobody gets more than a share. */
    private boolean isTooMuch(int more) {
        return waiting + more > SHARE && counts.waiting() + more > MOST_WAITING_FOR_ALL;
    }

    /** Says that the connection is alive, and up to where the feed has been looked through. Drops whom nothing has reached since the last one. */
    void heartbeat() {
        loop.runOnContext(go -> {
            FeedPosition at = told;
            if (at == null || isOver()) {
                return;
            }
            if (waiting > 0 && waiting == waitedAtLastBeat) {
                drop();
                return;
            }
            write(Buffer.buffer(beat(at)));
            waitedAtLastBeat = waiting;
        });
    }

    /** A comment, and an id without an event: it counts as the last one, and nothing is dispatched. */
    private static String beat(FeedPosition at) {
        return ":\nid: " + at.text() + "\n\n";
    }

    /** Ends the stream in good order; the client comes again, with the last id. */
    void end() {
        loop.runOnContext(go -> {
            if (!isOver()) {
                var unused = response.end();
            }
        });
    }

    private void drop() {
        if (!isOver()) {
            dropped = true;
            counts.droppedOne();
            request.request().connection().close();
        }
    }

    private void write(Buffer text) {
        if (isOver()) {
            return;
        }
        nowWaiting(text.length());
        response.write(text).onComplete(written -> {
            if (isOver()) {
                return;
            }
            nowWaiting(-text.length());
            if (written.succeeded()) {
                callDrained();
            }
        });
    }

    /** Its connection has ended: what waited for it waits no more. */
    void left() {
        loop.runOnContext(go -> nowWaiting(-waiting));
    }

    private void nowWaiting(int more) {
        waiting += more;
        counts.waiting(more);
    }

    private void callDrained() {
        Runnable call = drained;
        if (waiting == 0 && call != null) {
            drained = null;
            call.run();
        }
    }
}
