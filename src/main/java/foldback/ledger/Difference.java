package foldback.ledger;

import foldback.fold.Incident;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What is to be written so that one set of a stream's incidents becomes another.
 *
 * @param removed incidents of which no incident has the id any more
 * @param written incidents that are new, or differ from the one with their id
 */
record Difference(List<Incident> removed, List<Incident> written) {

    static Difference between(List<Incident> former, List<Incident> renewed) {
        Map<UUID, Incident> gone = new HashMap<>();
        former.forEach(incident -> gone.put(incident.id(), incident));
        List<Incident> written = renewed.stream()
                .filter(incident -> !incident.equals(gone.remove(incident.id())))
                .toList();
        return new Difference(List.copyOf(gone.values()), written);
    }
}
