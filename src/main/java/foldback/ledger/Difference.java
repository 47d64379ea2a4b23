package foldback.ledger;

import foldback.fold.Incident;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What is to be written so that one set of a stream's incidents becomes another.
 *
 * @param removed incidents of which no incident has the id any more
 * @param advanced incidents that only went on: what they were opened with and how they are called is as it was, and none became open
 * @param changed other incidents that differ from the one with their id
 * @param added incidents with an id that there was not
 * @param formerly by id, what those were that advanced or changed
 */
record Difference(
        List<Incident> removed,
        List<Incident> advanced,
        List<Incident> changed,
        List<Incident> added,
        Map<UUID, Incident> formerly) {

    static Difference between(List<Incident> former, List<Incident> renewed) {
        Map<UUID, Incident> gone = new HashMap<>();
        former.forEach(incident -> gone.put(incident.id(), incident));
        List<Incident> advanced = new ArrayList<>();
        List<Incident> changed = new ArrayList<>();
        List<Incident> added = new ArrayList<>();
        Map<UUID, Incident> formerly = new LinkedHashMap<>();
        for (Incident incident : renewed) {
            Incident before = gone.remove(incident.id());
            if (before == null) {
                added.add(incident);
            } else if (!incident.equals(before)) {
                (advances(before, incident) ? advanced : changed).add(incident);
                formerly.put(incident.id(), before);
            }
        }
        return new Difference(List.copyOf(gone.values()), advanced, changed, added, formerly);
    }

    private static boolean advances(Incident before, Incident after) {
        return (before.open() || !after.open()) && IncidentColumns.sameBeginning(before, after);
    }

    /** All that are to be there and are not, or not so. */
    List<Incident> written() {
        List<Incident> written = new ArrayList<>(advanced);
        written.addAll(changed);
        written.addAll(added);
        return written;
    }
}
