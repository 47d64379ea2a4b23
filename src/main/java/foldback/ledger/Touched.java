package foldback.ledger;

import foldback.fold.Incident;
import foldback.fold.Position;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The incidents of one stream that a batch changes: as they become, and as they are stored. */
final class Touched {
    /** By first signal, which an incident keeps while events come in order; its id may change. */
    private final Map<Position, Incident> becoming = new LinkedHashMap<>();

    private final Map<Position, Incident> formerly = new HashMap<>();
    private @Nullable Difference difference;

    Touched() {}

    /** What a replay of the stream found. */
    Touched(Difference difference) {
        this.difference = difference;
    }

    /** @param stored the latest incident that is stored, which this may be */
    void take(@Nullable Incident stored, Incident incident) {
        if (stored != null && stored.first().equals(incident.first())) {
            formerly.put(stored.first(), stored);
        }
        becoming.put(incident.first(), incident);
    }

    /** What is to be written, once all are taken. */
    Difference difference() {
        if (difference == null) {
            difference = Difference.between(List.copyOf(formerly.values()), List.copyOf(becoming.values()));
        }
        return difference;
    }

    @Nullable
    Incident holding(Position place) {
        for (Incident incident : difference().written()) {
            if (incident.spans(place)) {
                return incident;
            }
        }
        return null;
    }
}
