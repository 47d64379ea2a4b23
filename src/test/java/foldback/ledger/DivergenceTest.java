package foldback.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import foldback.fold.Event;
import foldback.fold.Fold;
import foldback.fold.FoldPolicy;
import foldback.fold.Histories;
import foldback.fold.Incident;
import foldback.fold.Position;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Passing by in the order of first signals, it finds what comparing all incidents by id would find. */
class DivergenceTest {
    private static final int HISTORIES = 2000;
    private static final List<FoldPolicy> POLICIES = List.of(
            new FoldPolicy(Duration.ZERO), new FoldPolicy(Duration.ofMinutes(10)), new FoldPolicy(Duration.ofHours(6)));

    @Test
    void whatAnotherPolicyMakesReplacesWhatIsStored() throws SQLException {
        for (long seed = 0; seed < HISTORIES; seed++) {
            List<Event.Signalled> signals = shuffledIds(Histories.signals(seed), new Random(seed));
            for (FoldPolicy former : POLICIES) {
                for (FoldPolicy renewed : POLICIES) {
                    check(seed, fold(former, signals), fold(renewed, signals));
                }
            }
        }
    }

    @Test
    void whatIsMissingIsWrittenAndWhatIsTooMuchIsRemoved() throws SQLException {
        for (long seed = 0; seed < HISTORIES; seed++) {
            Random random = new Random(seed);
            List<Incident> all = fold(new FoldPolicy(Duration.ZERO), Histories.signals(seed));
            check(seed, some(all, random), some(all, random));
            check(seed, List.of(), all);
            check(seed, all, List.of());
        }
    }

    private static void check(long seed, List<Incident> former, List<Incident> renewed) throws SQLException {
        Map<UUID, Incident> table = new HashMap<>();
        former.forEach(incident -> table.put(incident.id(), incident));
        Iterator<Incident> stored = former.iterator();
        Map<UUID, Incident> formerly = new HashMap<>();
        Divergence divergence = new Divergence(() -> stored.hasNext() ? stored.next() : null, into(table, formerly));
        for (Incident incident : renewed) {
            divergence.renewed(incident);
        }
        divergence.end();
        Map<UUID, Incident> expected = new HashMap<>();
        renewed.forEach(incident -> expected.put(incident.id(), incident));
        assertEquals(expected, table, () -> "seed " + seed);
        Difference difference = Difference.between(former, renewed);
        difference.removed().forEach(incident -> assertEquals(incident, formerly.remove(incident.id())));
        assertEquals(difference.formerly(), formerly, () -> "seed " + seed);
        assertEquals(
                difference.removed().size() + difference.written().size(),
                divergence.differing(),
                () -> "seed " + seed);
    }

    /** @param formerly what those were that were removed or written, by id */
    private static Divergence.Changes into(Map<UUID, Incident> table, Map<UUID, Incident> formerly) {
        return new Divergence.Changes() {
            @Override
            public void remove(Incident former) {
                table.remove(former.id());
                formerly.put(former.id(), former);
            }

            @Override
            public void write(Incident incident, @Nullable Incident former) {
                table.put(incident.id(), incident);
                if (former != null) {
                    formerly.put(incident.id(), former);
                }
            }

            @Override
            public void wasFormerly(Incident former) {
                formerly.put(former.id(), former);
            }
        };
    }

    private static List<Incident> fold(FoldPolicy policy, List<Event.Signalled> signals) throws SQLException {
        List<Incident> incidents = new ArrayList<>();
        StreamFold whole = new StreamFold(new Fold(policy), List.of(), incidents::add);
        List<Event.Signalled> inOrder = new ArrayList<>(signals);
        inOrder.sort(Comparator.comparing(Event.Signalled::position));
        for (Event.Signalled signal : inOrder) {
            whole.take(signal);
        }
        whole.end();
        return incidents;
    }

    /** Recorded in another order than they occurred in, so that an incident's id is that of any of its ALERTs. */
    private static List<Event.Signalled> shuffledIds(List<Event.Signalled> signals, Random random) {
        List<UUID> ids = new ArrayList<>();
        signals.forEach(signal -> ids.add(signal.position().id()));
        java.util.Collections.shuffle(ids, random);
        List<Event.Signalled> shuffled = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            Event.Signalled signal = signals.get(i);
            shuffled.add(new Event.Signalled(
                    new Position(signal.occurredAt(), ids.get(i)),
                    signal.receivedAt(),
                    signal.timeEstimated(),
                    signal.said()));
        }
        return shuffled;
    }

    private static List<Incident> some(List<Incident> incidents, Random random) {
        return incidents.stream().filter(incident -> random.nextInt(3) > 0).toList();
    }
}
