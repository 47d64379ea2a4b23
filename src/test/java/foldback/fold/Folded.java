package foldback.fold;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A whole history folded from scratch in the plainest way: sorted, stepped through, people attached. The yardstick for every other way. */
record Folded(StreamState state, List<Incident> incidents, Map<UUID, Step> steps, int strays) {

    static final FoldPolicy WITHOUT_REOPENING = new FoldPolicy(Duration.ZERO);

    static Folded of(History history) {
        return of(WITHOUT_REOPENING, history.events());
    }

    static Folded of(FoldPolicy policy, List<Event> events) {
        Fold fold = new Fold(policy);
        List<Event> ordered =
                events.stream().sorted(Comparator.comparing(Event::position)).toList();
        StreamState state = StreamState.EMPTY;
        List<Incident> incidents = new ArrayList<>();
        Map<UUID, Step> steps = new HashMap<>();
        int strays = 0;
        for (Event event : ordered) {
            if (!(event instanceof Event.Moving moving)) {
                continue;
            }
            Step step = fold.step(state, moving);
            state = step.after();
            steps.put(event.position().id(), step);
            strays += step.stray() ? 1 : 0;
            if (step.incident() != null) {
                if (!step.makesIncident()) {
                    incidents.remove(incidents.size() - 1);
                }
                incidents.add(step.incident());
            }
        }
        return new Folded(state, Attachment.attach(incidents, operators(ordered)), steps, strays);
    }

    static List<Event.Operator> operators(List<Event> events) {
        return events.stream()
                .filter(Event.Operator.class::isInstance)
                .map(Event.Operator.class::cast)
                .sorted(Comparator.comparing(Event::position))
                .toList();
    }

    Effect effect(int n) {
        return steps.get(History.id(n)).effect();
    }

    Incident only() {
        if (incidents.size() != 1) {
            throw new AssertionError("expected one incident, got " + incidents);
        }
        return incidents.get(0);
    }
}
