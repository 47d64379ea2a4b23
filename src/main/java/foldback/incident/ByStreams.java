package foldback.incident;

import foldback.listing.Condition;
import foldback.listing.Portion;
import foldback.listing.Room;
import foldback.listing.WeighedRows;
import foldback.listing.Where;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/**
 * Finds incidents by way of the streams that can have them, which it looks for first: the planner takes the terms of a name to be independent
 * of each other, and cannot tell one that an eighth of all incidents has from one that is hardly ever used. Of streams that it is given it
 * knows how many there are. Where they are too many to be given, what they have is common, and soon met in the order of the list.
 *
 * @param narrowing what the streams must meet
 * @param place what of the filter is about the key along which it can walk; null where it cannot
 * @param ofRow what the incidents must meet
 */
record ByStreams(List<Condition> narrowing, @Nullable List<Condition> place, List<Condition> ofRow) {
    /** So many can be given: each costs the planner some 10 µs. */
    static final int MOST_STREAMS = 2000;

    /** What is on every two hundredth incident fills a page of a hundred by then; to read so many takes some 30 ms. */
    private static final int LONGEST_WALK = 20_000;

    /** Streams are called {@code i}, since the conditions on them speak of {@code i.stream_id}. */
    private static final String STREAMS = "select i.stream_id from streams i where %s limit :many";

    private static final String OF_STREAMS =
            "select i.* from incidents i where i.stream_id = any(cast(:streams as uuid[])) and %s";

    private static final String WALK = """
            select i.* from (
                select i.* from incidents i where %%s order by %%s limit %d
            ) i
            where %%s
            """.formatted(LONGEST_WALK);

    ByStreams {
        narrowing = List.copyOf(narrowing);
        place = place == null ? null : List.copyOf(place);
        ofRow = List.copyOf(ofRow);
    }

    /**
     * The first rows; null where the streams are too many to be looked through, and the walk ended without a page: the list's own index is to
     * be asked then.
     *
     * @param most how many streams are not too many
     * @param behind where the list is to be gone on with
     * @param order of the list
     */
    @Nullable
    Portion<StoredIncident> find(
            Session session, WeighedRows<StoredIncident> incidents, int most, Where behind, String order, Room room) {
        List<UUID> streams = streams(session, most);
        if (streams.size() <= most) {
            Where where = and(behind, ofRow).with("streams", streams.toArray(UUID[]::new));
            return incidents.read(session, OF_STREAMS.formatted(where.sql()), where, order, room);
        }
        return place == null ? null : walk(session, incidents, and(behind, place), order, room);
    }

    private List<UUID> streams(Session session, int most) {
        Where where = and(new Where(), narrowing).with("many", most + 1);
        return where.bind(session.createNativeQuery(STREAMS.formatted(where.sql()), UUID.class))
                .list();
    }

    private @Nullable Portion<StoredIncident> walk(
            Session session, WeighedRows<StoredIncident> incidents, Where where, String order, Room room) {
        String within = where.sql();
        ofRow.forEach(where::and);
        Portion<StoredIncident> rows =
                incidents.read(session, WALK.formatted(within, order, where.sql()), where, order, room);
        return rows.more() ? rows : null;
    }

    private static Where and(Where where, List<Condition> conditions) {
        Where all = where.copy();
        conditions.forEach(all::and);
        return all;
    }
}
