package foldback.incident;

import foldback.ledger.FeedRows.Was;
import foldback.ledger.IncidentSpans;
import foldback.listing.Portion;
import foldback.listing.Room;
import foldback.listing.WeighedRows;
import foldback.listing.Where;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** Incidents that somebody heard of: as they are now, as they were before, and what became of those that are gone. */
@Singleton
public class ChangedIncidents {
    /** An incident, in its stream. */
    public record Key(UUID streamId, UUID id) {}

    /**
     * What the first of the keys lead to.
     *
     * @param incidents by id, those that are there
     * @param answered how many of the keys there was room for
     */
    public record Found(Map<UUID, StoredIncident> incidents, int answered) {}

    private static final WeighedRows<StoredIncident> INCIDENTS =
            new WeighedRows<>(StoredIncident.class, "i", StoredIncident.WEIGHT);

    private static final String KEYS =
            "unnest(cast(cast(:streams as text[]) as uuid[]), cast(cast(:ids as text[]) as uuid[])) with ordinality as k (stream_id, id, n)";

    private static final String BY_KEY = """
            select i.* from (
                select i.*, k.n from %s
                join incidents i on i.stream_id = k.stream_id and i.id = k.id
            ) i
            """.formatted(KEYS);

    /** By the event that gave the incident its id: who holds that, holds the incident's events. */
    private static final String HOLDERS = """
            select e.id, i.id from %s
            join events e on e.stream_id = k.stream_id and e.id = k.id
            """.formatted(KEYS) + IncidentSpans.HOLDER;

    private static final String NOTES = """
            select i.id, n.note from %s
            join incidents i on i.stream_id = k.stream_id and i.id = k.id
            join notes n on %s
            """.formatted(KEYS, IncidentSearch.NOTE_OF_INCIDENT);

    private final Clock clock;
    private final Duration staleAfter;

    ChangedIncidents(Clock clock, IncidentConfig config) {
        this.clock = clock;
        this.staleAfter = config.staleAfter();
    }

    /**
     * Reads those that are there.
     *
     * @param keys each once
     */
    public Found find(Session session, List<Key> keys) {
        if (keys.isEmpty()) {
            return new Found(Map.of(), 0);
        }
        Portion<StoredIncident> portion = INCIDENTS.read(session, BY_KEY, bound(keys), "i.n", Room.ofPage(keys.size()));
        Map<UUID, StoredIncident> incidents = new HashMap<>();
        portion.rows().forEach(incident -> incidents.put(incident.id, incident));
        return new Found(incidents, portion.more() ? lastOf(portion.rows(), keys) : keys.size());
    }

    private static int lastOf(List<StoredIncident> rows, List<Key> keys) {
        StoredIncident last = rows.get(rows.size() - 1);
        return keys.indexOf(new Key(last.stream.streamId, last.id)) + 1;
    }

    /** Which incident holds the events of those that are gone, where one does. */
    public Map<UUID, UUID> holders(Session session, List<Key> gone) {
        Map<UUID, UUID> holders = new HashMap<>();
        if (!gone.isEmpty()) {
            bound(gone)
                    .bind(session.createNativeQuery(HOLDERS, Object[].class))
                    .list()
                    .forEach(row -> holders.put((UUID) row[0], (UUID) row[1]));
        }
        return holders;
    }

    /** What people said about them, by id. */
    public Map<UUID, List<String>> notes(Session session, List<Key> keys) {
        Map<UUID, List<String>> notes = new HashMap<>();
        bound(keys)
                .bind(session.createNativeQuery(NOTES, Object[].class))
                .list()
                .forEach(row -> notes.computeIfAbsent((UUID) row[0], id -> new ArrayList<>())
                        .add((String) row[1]));
        return notes;
    }

    /** The streams of those that are gone. */
    public Map<UUID, StoredStream> streams(Session session, Collection<UUID> ids) {
        Map<UUID, StoredStream> streams = new HashMap<>();
        session.findMultiple(StoredStream.class, List.copyOf(ids)).forEach(stream -> {
            if (stream != null) {
                streams.put(stream.streamId, stream);
            }
        });
        return streams;
    }

    public IncidentView now(StoredIncident incident) {
        return view(incident);
    }

    /** As it was before a change. */
    public IncidentView formerly(StoredIncident incident, Was was) {
        return view(FormerIncident.of(incident.id, incident.stream, incident, incident.openedAt, was));
    }

    /** One that is gone, as it was, called as its stream is. */
    public IncidentView formerly(UUID id, StoredStream stream, @Nullable Was was) {
        return view(FormerIncident.of(id, stream.key(), stream, null, was));
    }

    private IncidentView view(StoredIncident incident) {
        Instant now = clock.instant();
        return IncidentView.of(incident, now, staleAfter);
    }

    private static Where bound(List<Key> keys) {
        return new Where().with("streams", texts(keys, Key::streamId)).with("ids", texts(keys, Key::id));
    }

    private static String[] texts(List<Key> keys, Function<Key, UUID> of) {
        return keys.stream().map(key -> of.apply(key).toString()).toArray(String[]::new);
    }
}
