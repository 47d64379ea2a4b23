package foldback.ledger;

import foldback.fold.Effect;
import foldback.fold.Incident;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a batch answers to each of its callbacks. */
final class BatchOutcomes {
    private final List<Placement> placements;
    private final Map<Integer, UUID> stored;

    BatchOutcomes(Connection connection, List<Placement> placements) throws SQLException {
        this.placements = placements;
        List<Placement> unknown =
                placements.stream().filter(BatchOutcomes::isUnknown).toList();
        this.stored = IncidentTable.holding(connection, unknown);
    }

    List<Outcome> of(List<Callback> callbacks) {
        Map<UUID, List<Outcome.Entry>> entries = new HashMap<>();
        for (Placement placement : placements) {
            entries.computeIfAbsent(placement.arrival().callback().id(), id -> new ArrayList<>())
                    .add(entry(placement));
        }
        List<Outcome> outcomes = new ArrayList<>(callbacks.size());
        for (Callback callback : callbacks) {
            List<Outcome.Entry> own = entries.getOrDefault(callback.id(), List.of());
            boolean recorded = own.stream().anyMatch(entry -> !entry.duplicate());
            outcomes.add(
                    recorded ? new Outcome.Recorded(callback.id(), own) : new Outcome.Duplicate(callback.id(), own));
        }
        return outcomes;
    }

    private Outcome.Entry entry(Placement placement) {
        Effect effect = placement.isNew()
                ? placement.stream().effectOf(placement.position().id())
                : Effect.NONE;
        boolean acted = effect != Effect.NONE || !placement.isNew();
        return new Outcome.Entry(
                placement.position().id(),
                placement.stream().id(),
                placement.arrival().reading().said().signal(),
                placement.position().occurredAt(),
                placement.kind() == Placement.Kind.REPEATED,
                acted ? incidentId(placement) : null,
                effect);
    }

    private @Nullable UUID incidentId(Placement placement) {
        Incident incident = placement.stream().holding(placement.position());
        return incident == null ? stored.get(placement.arrival().ord()) : incident.id();
    }

    private static boolean isUnknown(Placement placement) {
        return placement.stream().holding(placement.position()) == null
                && placement.stream().mayBeHeldBefore(placement.position());
    }
}
