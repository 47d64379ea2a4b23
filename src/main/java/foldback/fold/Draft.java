package foldback.fold;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An incident while one event acts on it; remembers which fields the event set. Confined to one step of the fold. */
final class Draft {
    private final Position first;
    private final Instant openedAt;
    private final Incident.OpenedBy openedBy;
    private final EnumSet<Field> set = EnumSet.noneOf(Field.class);
    private final DraftValues values;

    private UUID id;
    private Position last;
    private Signal signal;
    private Instant firstReceivedAt;
    private Display display;
    private @Nullable String transId;
    private Duration unobserved = Duration.ZERO;
    private @Nullable Instant unobservedSince;
    private Incident.@Nullable Resolution resolution;
    private int alertCount;
    private int reopenCount;
    private Attention attention = Attention.NONE;

    /** A new incident, opened by its first event. */
    Draft(Event.Signalled event, Instant openedAt, Incident.OpenedBy openedBy) {
        this.id = event.position().id();
        this.first = event.position();
        this.last = event.position();
        this.signal = event.signal();
        this.openedAt = openedAt;
        this.openedBy = openedBy;
        this.firstReceivedAt = event.receivedAt();
        this.display = event.said().display();
        this.values = new DraftValues(set);
        set.addAll(FieldGroups.OF_OPENING);
    }

    Draft(Incident incident) {
        id = incident.id();
        first = incident.first();
        last = incident.last();
        signal = incident.signal();
        openedAt = incident.openedAt();
        openedBy = incident.openedBy();
        firstReceivedAt = incident.firstReceivedAt();
        values = new DraftValues(incident, set);
        display = incident.display();
        transId = incident.transId();
        unobserved = incident.unobserved();
        unobservedSince = incident.unobservedSince();
        resolution = incident.resolution();
        alertCount = incident.alertCount();
        reopenCount = incident.reopenCount();
        attention = incident.attention();
    }

    Incident incident() {
        return new Incident(
                id,
                first,
                last,
                signal,
                openedAt,
                openedBy,
                firstReceivedAt,
                values.level(),
                values.peakLevel(),
                display,
                transId,
                values.opening(),
                values.current(),
                values.recovery(),
                values.extremes(),
                unobserved,
                unobservedSince,
                resolution,
                alertCount,
                reopenCount,
                attention);
    }

    Set<Field> set() {
        return set;
    }

    boolean changesLevel(Event.Signalled alert) {
        return alert.said().level() != null && alert.said().level() != values.level();
    }

    Draft attention(Attention newAttention) {
        attention = newAttention;
        return this;
    }

    void count(Event.Signalled alert) {
        hear(alert);
        observeAgain(alert.occurredAt());
        join(alert);
        if (alertCount == 0) {
            values.open(alert.said().curValue());
        }
        values.raise(alert.said().level());
        Display shown = alert.said().display();
        values.widen(alert.said().curValue(), display.expression(), shown.expression());
        display = shown;
        alertCount++;
        set.addAll(FieldGroups.OF_ALERT);
    }

    void loseData(Event.Signalled noData) {
        hear(noData);
        if (unobservedSince == null) {
            unobservedSince = noData.occurredAt();
            set.add(Field.UNOBSERVED_SECONDS);
        }
    }

    void resolve(Event.Signalled ok, StreamState after) {
        hear(ok);
        join(ok);
        if (alertCount == 0) {
            display = ok.said().display();
            set.addAll(FieldGroups.OF_DISPLAY);
        }
        values.recover(ok.said().curValue());
        end(ok.position(), Incident.ResolvedBy.SIGNAL, unobservedSince, after);
    }

    void resolve(Event.Resolved resolved, StreamState after) {
        end(resolved.position(), Incident.ResolvedBy.OPERATOR, null, after);
    }

    void reopen() {
        resolution = null;
        values.recover(null);
        reopenCount++;
        set.addAll(FieldGroups.OF_END);
        set.addAll(EnumSet.of(Field.REOPEN_COUNT, Field.RESOLVED_EARLIEST));
    }

    private void end(Position at, Incident.ResolvedBy by, @Nullable Instant earliest, StreamState after) {
        observeAgain(at.occurredAt());
        Instant signalSince =
                Objects.requireNonNull(after.signalSince(), "an incident is ended by a stream that has signals");
        Incident.Checkpoint checkpoint = new Incident.Checkpoint(signalSince, after.noDataTransId());
        resolution = new Incident.Resolution(at, by, earliest, checkpoint);
        set.addAll(FieldGroups.OF_END);
        if (earliest != null) {
            set.add(Field.RESOLVED_EARLIEST);
        }
    }

    private void hear(Event.Signalled event) {
        last = event.position();
        signal = event.signal();
        set.addAll(FieldGroups.OF_SIGNAL);
        if (event.receivedAt().isBefore(firstReceivedAt)) {
            firstReceivedAt = event.receivedAt();
            set.add(Field.FIRST_RECEIVED_AT);
        }
        values.hear(event.said().curValue());
    }

    /** An ALERT or OK becomes a member: its id may become the incident's, its episode too. */
    private void join(Event.Signalled member) {
        UUID memberId = member.position().id();
        boolean firstAlert = member.signal() == Signal.ALERT && alertCount == 0;
        boolean eligible = member.signal() == Signal.ALERT || alertCount == 0;
        if (firstAlert || (eligible && EventIds.compare(memberId, id) < 0)) {
            id = memberId;
            set.add(Field.ID);
        }
        if (transId == null && member.said().transId() != null) {
            transId = member.said().transId();
            set.add(Field.TRANS_ID);
        }
    }

    private void observeAgain(Instant at) {
        if (unobservedSince != null) {
            unobserved = unobserved.plus(Duration.between(unobservedSince, at));
            unobservedSince = null;
            set.add(Field.UNOBSERVED_SECONDS);
        }
    }
}
