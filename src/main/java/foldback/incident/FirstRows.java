package foldback.incident;

import foldback.incident.InOrder.Place;
import foldback.listing.Portion;
import foldback.listing.Room;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one page, out of any number that come in any order: of those behind the page before, the first that there is room for. No
 * more than that are held.
 */
final class FirstRows {
    private final InOrder order;
    private final Room room;
    private final @Nullable Place after;
    private final @Nullable Place end;
    private final TreeMap<Place, StoredIncident> rows;
    private long weight;
    private boolean more;

    /**
     * @param after the last place of the page before; null on the first one
     * @param begun the first of the rows that are in order already, behind that place
     */
    FirstRows(InOrder order, Room room, @Nullable Place after, Portion<StoredIncident> begun) {
        this.order = order;
        this.room = room;
        this.after = after;
        this.rows = new TreeMap<>(order);
        begun.rows().forEach(this::add);
        // Where some of them are left out, what comes behind the last one given belongs to a later page.
        this.end = begun.more() ? rows.lastKey() : null;
        this.more = begun.more();
        trim();
    }

    void offer(StoredIncident row) {
        Place place = order.of(row);
        if (after != null && order.compare(place, after) <= 0) {
            return;
        }
        if (end != null && order.compare(place, end) > 0) {
            return;
        }
        add(row);
        trim();
    }

    private void add(StoredIncident row) {
        rows.put(order.of(row), row);
        weight += row.weight();
    }

    /** As {@link Room} has it: the row that exceeds the weight is the last one. */
    private void trim() {
        while (rows.size() > room.rows() || tooHeavy()) {
            Map.Entry<Place, StoredIncident> last = rows.pollLastEntry();
            weight -= last.getValue().weight();
            more = true;
        }
    }

    private boolean tooHeavy() {
        return !rows.isEmpty() && weight - rows.lastEntry().getValue().weight() > room.bytes();
    }

    Portion<StoredIncident> portion() {
        return new Portion<>(List.copyOf(rows.values()), weight, more);
    }
}
