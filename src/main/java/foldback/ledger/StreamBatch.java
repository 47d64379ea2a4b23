package foldback.ledger;

import foldback.fold.Display;
import foldback.fold.Effect;
import foldback.fold.Event;
import foldback.fold.EventIds;
import foldback.fold.Fold;
import foldback.fold.Incident;
import foldback.fold.Position;
import foldback.fold.Step;
import foldback.fold.StreamKey;
import foldback.fold.StreamState;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One stream within a batch: its state moves on with each new signal in order. A late one stops that; the stream is then folded again
 * from the log once the batch's events are in it.
 */
final class StreamBatch {
    private static final UUID NO_ID = new UUID(0, 0);

    private final UUID id;
    private final StreamKey key;
    private final Fold fold;
    private final @Nullable StreamHead head;
    private final int foldVersion;

    private StreamState state;
    private Instant newestAt;
    private UUID greatestId;
    private @Nullable Instant estimatedAt;
    private StreamHead.Counts added = StreamHead.Counts.NONE;
    private @Nullable Display display;
    private final Map<Integer, Display> newNames = new HashMap<>();
    private @Nullable Position earliest;
    private boolean late;
    private final Map<UUID, Step> steps = new HashMap<>();
    private Touched touched = new Touched();

    StreamBatch(UUID id, StreamKey key, Fold fold, int foldVersion, @Nullable StreamHead head) {
        this.id = id;
        this.key = key;
        this.fold = fold;
        this.foldVersion = foldVersion;
        this.head = head;
        this.state = head == null ? StreamState.EMPTY : head.state();
        this.newestAt = head == null ? Instant.EPOCH : head.newestAt();
        this.greatestId = head == null ? NO_ID : head.greatestId();
        this.estimatedAt = head == null ? null : head.estimatedAt();
    }

    UUID id() {
        return id;
    }

    Fold fold() {
        return fold;
    }

    @Nullable
    StreamHead head() {
        return head;
    }

    Instant newestAt() {
        return newestAt;
    }

    UUID nextId(Instant now, long random) {
        return EventIds.after(greatestId, now, random);
    }

    /** Takes a new signal, which has the greatest id of the stream. */
    void take(Event.Signalled event) {
        boolean isLate = event.occurredAt().isBefore(newestAt);
        greatestId = event.position().id();
        earliest = earliest == null || event.position().isBefore(earliest) ? event.position() : earliest;
        if (isLate) {
            late = true;
        } else {
            newestAt = event.occurredAt();
            display = event.said().display();
        }
        learnNames(event.said().display());
        if (event.timeEstimated() && (estimatedAt == null || event.receivedAt().isAfter(estimatedAt))) {
            estimatedAt = event.receivedAt();
        }
        added = added.plus(new StreamHead.Counts(1, 0, 0, 0, isLate ? 1 : 0, 0));
        step(event);
    }

    private void step(Event.Signalled event) {
        if (mustReplay()) {
            return;
        }
        Step step = fold.step(state, event);
        steps.put(event.position().id(), step);
        state = step.after();
        Incident incident = step.incident();
        if (incident != null) {
            touched.take(head == null ? null : head.state().incident(), incident);
        }
        added = added.plus(new StreamHead.Counts(0, 0, step.stray() ? 1 : 0, 0, 0, step.makesIncident() ? 1 : 0));
    }

    void countDuplicate() {
        added = added.plus(new StreamHead.Counts(0, 0, 0, 1, 0, 0));
    }

    /** Whether the fold of this batch's events must be read off the log: some came late, or the latest incident is lost. */
    boolean mustReplay() {
        return late || (head != null && head.lostIncident());
    }

    /** The earliest event of this batch, in stream order: a replay must begin before it. */
    @Nullable
    Position earliest() {
        return earliest;
    }

    Effect effectOf(UUID eventId) {
        Step step = steps.get(eventId);
        return step == null ? Effect.NONE : step.effect();
    }

    /** Whether some incident of the stream began after the place, so that one of those before may hold it. */
    boolean mayBeHeldBefore(Position place) {
        Incident latest = state.incident();
        return latest != null && place.isBefore(latest.first());
    }

    /** The incident that holds the place now, among the latest and those that the batch changed. */
    @Nullable
    Incident holding(Position place) {
        Incident latest = state.incident();
        if (latest != null && latest.spans(place)) {
            return latest;
        }
        return touched.holding(place);
    }

    /** What the batch changes among the stored incidents, once all its signals are taken. */
    Difference difference() {
        return touched.difference();
    }

    void replayed(Replay.Result result) {
        state = result.state() == null
                ? Objects.requireNonNull(head, "a replay meets only what was stored")
                        .state()
                : result.state();
        steps.clear();
        steps.putAll(result.steps());
        added = new StreamHead.Counts(
                added.signals(), 0, result.strays(), added.duplicates(), added.late(), result.incidents());
        touched = new Touched(result.difference());
    }

    private void learnNames(Display names) {
        int hash = names.nameHash();
        if (head == null || head.untouched() || hash != head.displayHash()) {
            newNames.put(hash, names);
        }
    }

    /** The row of names and dimensions, where it is to be written. */
    StreamTable.@Nullable Row renamed() {
        if (display == null || !newNames.containsKey(display.nameHash())) {
            return null;
        }
        return new StreamTable.Row(id, key, display, newNames.values());
    }

    /** The names that it had in between and has no more, where it keeps its latest ones. */
    StreamTable.@Nullable FormerNames formerNames() {
        return newNames.isEmpty() || renamed() != null ? null : new StreamTable.FormerNames(id, key, newNames.values());
    }

    StreamHead newHead() {
        Incident incident = state.incident();
        int hash = display != null ? display.nameHash() : head == null ? 0 : head.displayHash();
        return new StreamHead(
                id,
                head == null ? 0 : head.version(),
                foldVersion,
                newestAt,
                greatestId,
                state,
                incident == null ? null : incident.id(),
                estimatedAt,
                head == null ? added : head.counts().plus(added),
                hash);
    }
}
