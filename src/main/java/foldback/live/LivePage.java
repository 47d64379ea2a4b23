package foldback.live;

import foldback.ledger.FeedPosition;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A stretch of the feed, ready to be sent.
 *
 * @param after behind which it begins
 * @param end up to where it goes, also where the last event lies before
 * @param more whether there was more to read
 * @param lost whether what came behind its beginning is no longer kept
 * @param lag for how long its first event, or the first that cannot be read yet, has been recorded
 */
record LivePage(
        FeedPosition after, List<LiveEvent> events, FeedPosition end, boolean more, boolean lost, Duration lag) {

    /** What one subscriber gets of it. */
    record Part(Buffer text, int events) {
        static final Part NOTHING = new Part(Buffer.buffer(0), 0);
    }

    /** The parts by filter, of those who get all of the page that concerns them: made once each. */
    static final class Parts {
        private final LivePage page;
        private final Map<String, Part> byFilter = new HashMap<>();

        Parts(LivePage page) {
            this.page = page;
        }

        Part of(LiveFilter filter, FeedPosition position) {
            return page.after.isBefore(position)
                    ? page.part(filter, position)
                    : byFilter.computeIfAbsent(filter.text(), text -> page.part(filter, page.after));
        }
    }

    /** What concerns the filter, behind the position. */
    private Part part(LiveFilter filter, FeedPosition position) {
        List<LiveEvent> concerning = events.stream()
                .filter(event -> position.isBefore(event.position()) && event.concerns(filter))
                .toList();
        if (concerning.isEmpty()) {
            return Part.NOTHING;
        }
        int length = concerning.stream().mapToInt(event -> event.text().length).sum();
        Buffer text = Buffer.buffer(length);
        concerning.forEach(event -> text.appendBytes(event.text()));
        return new Part(text, concerning.size());
    }
}
