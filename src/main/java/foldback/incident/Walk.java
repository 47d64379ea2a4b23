package foldback.incident;

import foldback.listing.Condition;
import foldback.listing.Portion;
import foldback.listing.Room;
import foldback.listing.WeighedRows;
import foldback.listing.Where;
import java.util.List;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is common by reading incidents in the order of the list, without looking for its streams first: a name that an eighth of all
 * incidents has is on every page, and its streams have a hundred thousand of them. The planner cannot tell such a name from one that is hardly
 * ever used, for it takes the terms of a name to be independent of each other.
 *
 * @param narrowing what the streams must meet
 * @param place what of the filter is about the key along which it goes
 * @param ofRow what the incidents must meet
 */
record Walk(List<Condition> narrowing, List<Condition> place, List<Condition> ofRow) {
    /** With fewer streams than that, all their incidents are soon read. */
    static final int MANY_STREAMS = 100;

    /** What is on every two hundredth incident fills a page of a hundred by then; to read so many takes some 30 ms. */
    private static final int LONGEST = 20_000;

    /** Streams are called {@code i}, since the conditions on them speak of {@code i.stream_id}. */
    private static final String STREAMS = "select count(*) from (select from streams i where %s limit :many) found";

    private static final String ROWS = """
            select i.* from (
                select i.* from incidents i where %%s order by %%s limit %d
            ) i
            where %%s
            """.formatted(LONGEST);

    Walk {
        narrowing = List.copyOf(narrowing);
        place = List.copyOf(place);
        ofRow = List.copyOf(ofRow);
    }

    /**
     * The first rows, where there is more than there is room for; null where it does not come to that, and they must be found in another
     * way.
     *
     * @param many with fewer streams than that it is not tried
     * @param behind where the list is to be gone on with
     * @param order of the list, along a key that an index has
     */
    @Nullable
    Portion<StoredIncident> find(
            Session session,
            WeighedRows<StoredIncident> incidents,
            int many,
            List<Condition> behind,
            String order,
            Room room) {
        Where streams = new Where().with("many", many);
        narrowing.forEach(streams::and);
        if (streams.count(session, STREAMS) < many) {
            return null;
        }
        Where where = new Where();
        place.forEach(where::and);
        behind.forEach(where::and);
        String within = where.sql();
        ofRow.forEach(where::and);
        Portion<StoredIncident> rows =
                incidents.read(session, ROWS.formatted(within, order, where.sql()), where, order, room);
        return rows.more() ? rows : null;
    }
}
