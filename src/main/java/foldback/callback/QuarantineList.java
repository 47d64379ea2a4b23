package foldback.callback;

import foldback.listing.Condition;
import foldback.listing.Cursor;
import foldback.listing.Facet;
import foldback.listing.Facets;
import foldback.listing.Page;
import foldback.listing.Parameters;
import foldback.listing.Room;
import foldback.listing.Snapshot;
import foldback.listing.Where;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** Reads the quarantine, latest receipt first. */
@Singleton
class QuarantineList {
    /** Entries come with their bodies: these are measured before they are read, so that no page is held that has no {@link Room}. */
    private static final String PAGE = """
            with page as (
                select q.id, q.received_at, sum(length(q.body)) over (order by q.received_at desc, q.id desc) as weight
                from quarantine q
                where %s
                order by q.received_at desc, q.id desc
                limit :rows
            )
            select %s from page p join quarantine q on q.id = p.id
            where p.weight - length(q.body) <= :heaviest
            order by q.received_at desc, q.id desc
            """;

    private static final String COUNT = "select count(*) from quarantine q where %s";
    private static final String MORE = "select exists (select from quarantine q where %s)";
    private static final String ONE = "select %s from quarantine q where q.id = :id".formatted(QuarantineEntry.COLUMNS);

    private static final Facets FACETS = new Facets()
            .with("status", Facet.words("q.status", "text", List.of("pending", "resolved", "dismissed")))
            .with("kind", Facet.words("q.kind", "text", List.of("event", "other", "invalid")));

    private final Snapshot snapshot;

    QuarantineList(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    Page<QuarantineEntry> page(Parameters parameters) {
        Room room = Room.ofPage(parameters.limit(Parameters.DEFAULT_LIMIT));
        boolean counting = parameters.counting();
        String list = "quarantine " + parameters.list();
        Where where = FACETS.where(parameters);
        Where place = where.copy();
        parameters
                .cursor(list, Cursor::isInstant)
                .ifPresent(after -> place.and(behind(Instant.parse(after.requiredKey()), after.id())));
        return snapshot.ask(session -> {
            List<QuarantineEntry> entries = entries(session, place, room);
            Long count = counting
                    ? where.bind(session.createNativeQuery(COUNT.formatted(where.sql()), Long.class))
                            .getSingleResult()
                    : null;
            return new Page<>(entries, next(session, where, entries, list), count);
        });
    }

    @Nullable
    QuarantineEntry one(UUID id) {
        return snapshot.ask(
                session -> session.createNativeQuery(ONE, Object[].class).setParameter("id", id).list().stream()
                        .map(QuarantineEntry::of)
                        .findFirst()
                        .orElse(null));
    }

    private static List<QuarantineEntry> entries(Session session, Where place, Room room) {
        List<QuarantineEntry> entries = new ArrayList<>();
        String sql = PAGE.formatted(place.sql(), QuarantineEntry.COLUMNS);
        place.bind(QuarantineEntry.query(session, sql))
                .setParameter("rows", room.rows())
                .setParameter("heaviest", room.bytes())
                .list()
                .forEach(row -> entries.add(QuarantineEntry.of(row)));
        return entries;
    }

    private static @Nullable String next(Session session, Where where, List<QuarantineEntry> entries, String list) {
        if (entries.isEmpty()) {
            return null;
        }
        QuarantineEntry last = entries.get(entries.size() - 1);
        Where rest = where.copy().and(behind(last.receivedAt(), last.id()));
        boolean more = rest.bind(session.createNativeQuery(MORE.formatted(rest.sql()), Boolean.class))
                .getSingleResult();
        return more ? new Cursor(last.receivedAt(), last.receivedAt().toString(), last.id()).text(list) : null;
    }

    private static Condition behind(Instant receivedAt, UUID id) {
        return Condition.of("(q.received_at, q.id) < (?, ?)", receivedAt, id);
    }
}
