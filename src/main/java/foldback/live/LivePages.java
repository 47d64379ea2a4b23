package foldback.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import foldback.incident.ChangedIncidents;
import foldback.incident.ChangedIncidents.Found;
import foldback.incident.IncidentView;
import foldback.incident.StoredIncident;
import foldback.incident.StoredStream;
import foldback.ledger.FeedPosition;
import foldback.ledger.FeedRows;
import foldback.ledger.FeedRows.Row;
import foldback.listing.Snapshot;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** Reads stretches of the feed, with the incidents as they are when it is read. */
@Singleton
class LivePages {
    /** A page has fewer where their texts are long. */
    private static final int ROWS = 500;

    /** Each change of an incident has all of its text. */
    private static final long LARGEST = 8L << 20;

    /** Single rows are looked up. With statistics older than a storm the planner would read whole tables for them, many times a second. */
    private static final String BY_INDEX = """
            select set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true),
                set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true)
            """;

    private final Snapshot snapshot;
    private final ChangedIncidents incidents;
    private final ObjectMapper json;

    LivePages(Snapshot snapshot, ChangedIncidents incidents, ObjectMapper json) {
        this.snapshot = snapshot;
        this.incidents = incidents;
        this.json = json;
    }

    /** What is said of an incident that is gone. */
    record Removed(UUID id, @Nullable UUID heldBy) {}

    FeedRows.Bounds bounds() {
        return snapshot.askAside(session -> session.doReturningWork(FeedRows::bounds));
    }

    LivePage read(FeedPosition after) {
        return snapshot.askAside(session -> read(session, after));
    }

    private LivePage read(Session session, FeedPosition after) {
        FeedRows feed = session.doReturningWork(connection -> {
            try (Statement planning = connection.createStatement()) {
                planning.execute(BY_INDEX);
            }
            return FeedRows.behind(connection, after, ROWS);
        });
        List<ChangedIncidents.Key> keys =
                feed.rows().stream().map(LivePages::key).distinct().toList();
        Found found = incidents.find(session, keys);
        boolean cut = found.answered() < keys.size();
        List<Row> rows = cut ? upTo(keys.get(found.answered()), feed.rows()) : feed.rows();
        List<LiveEvent> events = events(session, rows, found.incidents());
        cut |= events.size() < rows.size();
        return new LivePage(
                after,
                events,
                cut ? events.get(events.size() - 1).position() : feed.settled(),
                cut || rows.size() == ROWS,
                after.isBefore(feed.start()),
                feed.waiting());
    }

    private static ChangedIncidents.Key key(Row row) {
        return new ChangedIncidents.Key(row.streamId(), row.incidentId());
    }

    private static List<Row> upTo(ChangedIncidents.Key excluded, List<Row> rows) {
        return rows.stream().takeWhile(row -> !key(row).equals(excluded)).toList();
    }

    /** As many as a page may hold; of the first rows. */
    private List<LiveEvent> events(Session session, List<Row> rows, Map<UUID, StoredIncident> there) {
        List<Row> gone = rows.stream()
                .filter(row -> !there.containsKey(row.incidentId()))
                .toList();
        Map<UUID, UUID> holders =
                incidents.holders(session, gone.stream().map(LivePages::key).toList());
        Map<UUID, StoredStream> streams =
                incidents.streams(session, gone.stream().map(Row::streamId).collect(Collectors.toSet()));
        List<LiveEvent> events = new ArrayList<>(rows.size());
        PageNotes notes = new PageNotes(
                snapshot,
                incidents,
                rows.stream().map(LivePages::key).distinct().toList());
        long bytes = 0;
        for (Iterator<Row> rest = rows.iterator(); rest.hasNext() && bytes < LARGEST; ) {
            Row row = rest.next();
            StoredIncident incident = there.get(row.incidentId());
            events.add(
                    incident == null
                            ? removed(row, holders.get(row.incidentId()), streams.get(row.streamId()))
                            : changed(row, incident, notes.of(incident.id)));
            bytes += events.get(events.size() - 1).text().length;
        }
        return events;
    }

    private LiveEvent changed(Row row, StoredIncident incident, Supplier<List<String>> notes) {
        IncidentView now = incidents.now(incident);
        List<IncidentView> faces =
                row.was() == null ? List.of(now) : List.of(now, incidents.formerly(incident, row.was()));
        return LiveEvent.of(row.position(), "incident", text(now), faces, notes);
    }

    private LiveEvent removed(Row row, @Nullable UUID heldBy, @Nullable StoredStream stream) {
        List<IncidentView> faces =
                stream == null ? List.of() : List.of(incidents.formerly(row.incidentId(), stream, row.was()));
        return LiveEvent.of(row.position(), "removed", text(new Removed(row.incidentId(), heldBy)), faces, List::of);
    }

    private String text(Object data) {
        try {
            return json.writeValueAsString(data);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
