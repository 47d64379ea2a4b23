package foldback.incident;

import foldback.listing.Cursor;
import foldback.listing.Page;
import foldback.listing.Parameters;
import foldback.listing.Portion;
import foldback.listing.Room;
import foldback.listing.Snapshot;
import foldback.listing.Where;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/**
 * Counts what is open, a group at a time. Only open incidents are read, of which an index knows; to sort the groups all of them are
 * counted for each page.
 */
@Singleton
class SummaryList {
    /**
     * A page ends where the names of its groups have no {@link Room} any more. Where there is no level it counts as the least. A name may be
     * longer than a cursor: the first letters sort, and a hash tells apart.
     */
    private static final String PAGE = """
            select p.name, p.open, p.acknowledged, p.rank, p.worst, p.oldest, p.head, p.id, p.found from (
                select w.*, count(*) over () as found, sum(octet_length(w.name)) over (
                        order by w.rank desc, w.open desc, w.head, w.id rows unbounded preceding) as total
                from (
                    select g.* from (
                        select n.*, left(n.name, 100) as head, cast(md5(n.name) as uuid) as id from (%s) n
                    ) g
                    where %s
                    order by g.rank desc, g.open desc, g.head, g.id
                    limit :rows
                ) w
            ) p
            where p.total - octet_length(p.name) <= :bytes
            order by p.rank desc, p.open desc, p.head, p.id
            """;

    private static final String GROUPS = """
            select coalesce(cast(%s as text), '') collate "C" as name, count(*) as open, count(i.acknowledged_at) as acknowledged,
                max(case i.level when 'CRITICAL' then 3 when 'WARN' then 2 when 'INFO' then 1 else 0 end) as rank,
                cast(max(i.level) as text) as worst, min(i.opened_at) as oldest
            from incidents i%s
            where i.resolved_at is null and %s
            group by 1
            """;

    private static final String STREAMS = " join streams s on s.stream_id = i.stream_id";

    private final Snapshot snapshot;
    private final Clock clock;
    private final Duration staleAfter;

    SummaryList(Snapshot snapshot, Clock clock, IncidentConfig config) {
        this.snapshot = snapshot;
        this.clock = clock;
        this.staleAfter = config.staleAfter();
    }

    /** By what incidents are grouped. */
    private enum By {
        RULE_ID("ruleId", "s.rule_id", STREAMS),
        ALERT_NAME("alertName", "i.alert_name", ""),
        LEVEL("level", "i.level", ""),
        NAMESPACE("namespace", "i.namespace", ""),
        REGION_ID("regionId", "i.region_id", ""),
        USER_ID("userId", "s.user_id", STREAMS);

        final String word;
        final String sql;
        final String join;

        By(String word, String sql, String join) {
            this.word = word;
            this.sql = sql;
            this.join = join;
        }
    }

    /**
     * A group: absent names are empty, for no name that was sent is.
     *
     * @param head the first letters of the name
     * @param id its hash
     */
    private record Group(
            String name,
            long open,
            long acknowledged,
            int rank,
            @Nullable String worst,
            Instant oldest,
            String head,
            UUID id) {
        SummaryPlace place() {
            return new SummaryPlace(rank, open, head);
        }

        SummaryRow row(By by) {
            return new SummaryRow(
                    Collections.singletonMap(by.word, name.isEmpty() ? null : name), open, acknowledged, worst, oldest);
        }
    }

    Page<SummaryRow> page(Parameters parameters) {
        if (parameters.single(AsOf.NAME).isPresent()) {
            throw Parameters.refused(AsOf.NAME, "is none of the summary, which counts what is open now");
        }
        if (parameters.single("sort").isPresent()) {
            throw Parameters.refused("sort", "is none of the summary: worst level first, then most open");
        }
        By by = by(parameters);
        Room room = Room.ofPage(parameters.limit(Parameters.DEFAULT_LIMIT));
        boolean counting = parameters.counting();
        Instant now = clock.instant();
        String list = "summary " + parameters.list();
        Cursor after = parameters.cursor(list, SummaryPlace::isReadable).orElse(null);
        Instant asked = after == null ? now : after.asked();
        Where where = IncidentFilter.of(parameters, asked, staleAfter).where();
        return snapshot.ask(session -> Page.of(
                        groups(session, by, where, after, room),
                        last -> new Cursor(asked, last.place().text(), last.id()).text(list),
                        counting ? where.count(session, "select count(*) from (" + query(by) + ") g") : null)
                .map(group -> group.row(by)));
    }

    private static By by(Parameters parameters) {
        String word = parameters.choice(
                "groupBy", Stream.of(By.values()).map(by -> by.word).toArray(String[]::new));
        return Stream.of(By.values())
                .filter(by -> by.word.equals(word))
                .findFirst()
                .orElseThrow();
    }

    /** With {@code %s} for the conditions. */
    private static String query(By by) {
        return GROUPS.formatted(by.sql, by.join, "%s");
    }

    private static Portion<Group> groups(Session session, By by, Where where, @Nullable Cursor after, Room room) {
        String groups = query(by).formatted(where.sql());
        Where place = where.copy();
        String behind = after == null ? "true" : behind(place, after);
        List<Object[]> found = place.bind(session.createNativeQuery(PAGE.formatted(groups, behind), Object[].class)
                        .addScalar("name", String.class)
                        .addScalar("open", Long.class)
                        .addScalar("acknowledged", Long.class)
                        .addScalar("rank", Integer.class)
                        .addScalar("worst", String.class)
                        .addScalar("oldest", Instant.class)
                        .addScalar("head", String.class)
                        .addScalar("id", UUID.class)
                        .addScalar("found", Long.class))
                .setParameter("rows", room.rows() + 1)
                .setParameter("bytes", room.bytes())
                .list();
        List<Group> rows =
                found.stream().limit(room.rows()).map(SummaryList::group).toList();
        return new Portion<>(rows, 0, !found.isEmpty() && (long) found.get(0)[8] > rows.size());
    }

    private static Group group(Object[] row) {
        return new Group(
                (String) row[0],
                (long) row[1],
                (long) row[2],
                (int) row[3],
                (String) row[4],
                (Instant) row[5],
                (String) row[6],
                (UUID) row[7]);
    }

    private static String behind(Where where, Cursor after) {
        SummaryPlace place = SummaryPlace.read(after.requiredKey());
        where.with("rank", place.rank())
                .with("open", place.open())
                .with("head", place.head())
                .with("id", after.id());
        return "(-g.rank, -g.open, g.head, g.id) > (-:rank, -:open, :head, :id)";
    }
}
