package foldback.history;

import foldback.incident.StoredDisplay;
import foldback.incident.StoredStreamKey;
import foldback.listing.Condition;
import foldback.listing.Cursor;
import foldback.listing.Facet;
import foldback.listing.Facets;
import foldback.listing.Page;
import foldback.listing.Parameters;
import foldback.listing.Portion;
import foldback.listing.Room;
import foldback.listing.Snapshot;
import foldback.listing.WeighedRows;
import foldback.listing.Where;
import foldback.search.Terms;
import foldback.search.Words;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** Streams by their last signal, the latest first. No index has that time, for it changes with each signal: the heads are sorted. */
@Singleton
class StreamList {
    private static final WeighedRows<StoredHead> HEADS =
            new WeighedRows<>(StoredHead.class, "h", StoredStreamKey.WEIGHT + " + " + StoredDisplay.weight("s"));

    private static final String LIST = """
            select h.* from stream_heads h
            join streams s on s.stream_id = h.stream_id
            where h.last_signal_at is not null and %s
            """;

    private static final String ORDER = "h.last_signal_at desc, h.stream_id desc";

    private static final String COUNT = """
            select count(*) from stream_heads h
            join streams s on s.stream_id = h.stream_id
            where h.last_signal_at is not null and %s
            """;

    private static final String OPEN = """
            select i.stream_id, i.id from incidents i
            where i.stream_id = any(:streams) and i.resolved_at is null
            """;

    private static final String CONTAINING = """
            ((s.terms @> cast(? as text[]) or s.terms is null)
            and (concat_ws(chr(10), s.rule_id, s.alert_name, s.namespace, s.metric_name, s.instance_name) ~ ?
                or exists (select from jsonb_each_text(s.dimensions) d where d.value ~ ?)
                or exists (select from jsonb_each_text(s.labels) l where concat_ws(chr(10), l.key, l.value) ~ ?)))
            """.strip();

    private static final Facets FACETS = new Facets()
            .with("userId", Facet.text("s.user_id"))
            .with("ruleId", Facet.text("s.rule_id"))
            .with("alertName", Facet.pattern("s.alert_name"))
            .with("namespace", Facet.text("s.namespace"))
            .with("metricName", Facet.text("s.metric_name"))
            .with("signal", Facet.signal("h.signal"))
            .with("q", Facet.search(StreamList::containing))
            .withKeys("dimensions.", key -> Facet.entry("s.dimensions", key));

    private final Snapshot snapshot;

    StreamList(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    Page<StreamView> page(Parameters parameters) {
        int limit = parameters.limit(Parameters.DEFAULT_LIMIT);
        boolean counting = parameters.counting();
        String list = "streams " + parameters.list();
        Where where = FACETS.where(parameters);
        Where place = where.copy();
        parameters
                .cursor(list, Cursor::isInstant)
                .ifPresent(after -> place.and(Condition.of(
                        "(h.last_signal_at, h.stream_id) < (cast(? as timestamptz), ?)",
                        after.requiredKey(),
                        after.id())));
        return snapshot.ask(session -> {
            Portion<StoredHead> heads =
                    HEADS.read(session, LIST.formatted(place.sql()), place, ORDER, Room.ofPage(limit));
            Map<UUID, UUID> open = openIncidents(session, heads.rows());
            Long count = counting ? where.count(session, COUNT) : null;
            return Page.of(heads, head -> cursor(head).text(list), count)
                    .map(head -> StreamView.of(head, open.get(head.streamId)));
        });
    }

    /** Null where there is no such stream. */
    @Nullable
    StreamView one(UUID id) {
        return snapshot.ask(session -> {
            StoredHead head = StoredHead.findById(id);
            return head == null
                    ? null
                    : StreamView.of(head, openIncidents(session, List.of(head)).get(id));
        });
    }

    private static Condition containing(String word) {
        String pattern = Words.pattern(word);
        return Condition.of(CONTAINING, Terms.of(word).toArray(String[]::new), pattern, pattern, pattern);
    }

    private static Cursor cursor(StoredHead head) {
        return Cursor.at(String.valueOf(head.lastSignalAt), head.streamId);
    }

    private static Map<UUID, UUID> openIncidents(Session session, List<StoredHead> heads) {
        UUID[] streams = heads.stream().map(head -> head.streamId).toArray(UUID[]::new);
        Map<UUID, UUID> open = new HashMap<>();
        session.createNativeQuery(OPEN, Object[].class)
                .setParameter("streams", streams)
                .list()
                .forEach(row -> open.put((UUID) row[0], (UUID) row[1]));
        return open;
    }
}
