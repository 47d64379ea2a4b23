package foldback.live;

import foldback.incident.ChangedIncidents;
import foldback.listing.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What people said about the incidents of a page: read once somebody searches, for all of them. Used by one thread. */
final class PageNotes {
    private final Snapshot snapshot;
    private final ChangedIncidents incidents;
    private final List<ChangedIncidents.Key> keys;
    private @Nullable Map<UUID, List<String>> notes;

    PageNotes(Snapshot snapshot, ChangedIncidents incidents, List<ChangedIncidents.Key> keys) {
        this.snapshot = snapshot;
        this.incidents = incidents;
        this.keys = keys;
    }

    Supplier<List<String>> of(UUID incident) {
        return () -> notes().getOrDefault(incident, List.of());
    }

    private Map<UUID, List<String>> notes() {
        if (notes == null) {
            notes = snapshot.askAside(session -> incidents.notes(session, keys));
        }
        return notes;
    }
}
