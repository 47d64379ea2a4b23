package foldback.fold;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Folds a stretch of a stream twice in step: as it was, and with the events that arrived late. Where both meet in the same state, with
 * no arrival to come, nothing behind can differ, and the stretch ends.
 *
 * <p>Starts at a point where nothing was open. People's attention is laid aside while folding and attached afterwards, by
 * {@link Attachment}.
 */
public final class Refold {
    private final Fold fold;
    private final Set<UUID> arrivals;
    private final Map<UUID, Step> steps = new HashMap<>();
    private final Path former;
    private final Path renewed;

    public Refold(Fold fold, StreamState start, Set<UUID> arrivals) {
        this.fold = fold;
        this.arrivals = new HashSet<>(arrivals);
        Incident incident = start.incident();
        StreamState bare = incident == null ? start : start.with(incident.with(Attention.NONE));
        this.former = new Path(bare);
        this.renewed = new Path(bare);
    }

    /** Takes the next event of the stream; false where the rest of the stream is as it was and need not be read. */
    public boolean take(Event.Moving event) {
        UUID id = event.position().id();
        boolean arrived = arrivals.remove(id);
        if (!arrived) {
            former.take(event);
        }
        Step step = renewed.take(event);
        if (arrived) {
            steps.put(id, step);
        }
        return !met();
    }

    /** Whether both ways have led to the same state. Where they have not at the stream's end, {@link #state} is the stream's new state. */
    public boolean met() {
        return arrivals.isEmpty() && former.state.equals(renewed.state);
    }

    public StreamState state() {
        return renewed.state;
    }

    /** The incidents of the stretch without the arrivals, in stream order, with no attention. */
    public List<Incident> former() {
        return former.incidents;
    }

    /** The incidents of the stretch with the arrivals, in stream order, with no attention. */
    public List<Incident> renewed() {
        return renewed.incidents;
    }

    public @Nullable Step step(UUID arrival) {
        return steps.get(arrival);
    }

    public int straysAdded() {
        return renewed.strays - former.strays;
    }

    public int incidentsAdded() {
        return renewed.made - former.made;
    }

    private final class Path {
        private final List<Incident> incidents = new ArrayList<>();
        private StreamState state;
        private int strays;
        private int made;

        Path(StreamState start) {
            state = start;
            if (start.incident() != null) {
                incidents.add(start.incident());
            }
        }

        Step take(Event.Moving event) {
            Step step = fold.step(state, event);
            state = step.after();
            Incident incident = step.incident();
            if (step.stray()) {
                strays++;
            }
            if (incident != null && step.makesIncident()) {
                made++;
                incidents.add(incident);
            } else if (incident != null) {
                incidents.set(incidents.size() - 1, incident);
            }
            return step;
        }
    }
}
