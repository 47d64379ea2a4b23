package foldback.incident;

import foldback.export.Scan;
import foldback.incident.InOrder.Place;
import foldback.listing.Portion;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/**
 * All rows of a list as they were recorded by an instant: between those that are stored come those that are folded again. Of these as many are
 * held as fit on a page; behind the last of them their streams are folded once more.
 */
final class AsOfRows implements Scan.Taker<StoredIncident> {
    private final AsOfList list;
    private final Session session;
    private final AsOfList.Question question;
    private final InOrder order;
    private final Scan.Taker<StoredIncident> taker;
    private final List<UUID> touched;
    private @Nullable Portion<StoredIncident> window;
    private int next;

    /** @param taker given all rows in the order of the list */
    AsOfRows(AsOfList list, Session session, AsOfList.Question question, Scan.Taker<StoredIncident> taker) {
        this.list = list;
        this.session = session;
        this.question = question;
        this.order = new InOrder(question.sort(), question.asOf());
        this.taker = taker;
        this.touched = list.touched(session, question);
    }

    /** Takes one that is stored, the next in the order of the list. */
    @Override
    public void take(StoredIncident stored, @Nullable UUID none) throws IOException {
        handOnBefore(order.of(stored));
        taker.take(stored, none);
    }

    /** Ends the list behind the last one that is stored. */
    void end() throws IOException {
        handOnBefore(null);
    }

    private void handOnBefore(@Nullable Place place) throws IOException {
        StoredIncident row = peek();
        while (row != null && (place == null || order.compare(order.of(row), place) < 0)) {
            taker.take(row, null);
            next++;
            row = peek();
        }
    }

    /** The next of those that are folded again; null behind the last. */
    private @Nullable StoredIncident peek() {
        Portion<StoredIncident> held = window;
        if (held == null) {
            held = list.refolded(session, question, touched, null);
        } else if (next == held.rows().size() && held.more()) {
            held = list.refolded(
                    session, question, touched, order.of(held.rows().get(next - 1)));
            next = 0;
        }
        window = held;
        return next < held.rows().size() ? held.rows().get(next) : null;
    }
}
