package foldback.fold;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One outage of one stream: opened by an ALERT, resolved by an OK or by an operator. A value: the fold makes a new one for each event.
 *
 * @param id the smallest event id among its ALERTs; of an incident without any, its OK's
 * @param first its first signal, where its timeline begins
 * @param last its latest signal
 * @param openedAt when the outage began; before {@code first} where the first ALERT was missed
 * @param firstReceivedAt the earliest receipt among its signals
 * @param level of its latest ALERT that has one
 * @param peakLevel the worst level that it had
 * @param display of its latest ALERT, of its OK where it has none
 * @param transId of the first of its ALERTs and OKs that has one
 * @param unobserved the closed stretches during which the rule reported no data
 * @param unobservedSince when the stretch began that still lasts, null while there is data
 * @param resolution null while it is open
 */
public record Incident(
        UUID id,
        Position first,
        Position last,
        Signal signal,
        Instant openedAt,
        OpenedBy openedBy,
        Instant firstReceivedAt,
        @Nullable Level level,
        @Nullable Level peakLevel,
        Display display,
        @Nullable String transId,
        @Nullable String openingValue,
        @Nullable String currentValue,
        @Nullable String recoveryValue,
        Extremes extremes,
        Duration unobserved,
        @Nullable Instant unobservedSince,
        @Nullable Resolution resolution,
        int alertCount,
        int reopenCount,
        Attention attention) {

    /** How the opening is known: an ALERT was seen, or only the episode's own beginning. */
    public enum OpenedBy {
        SIGNAL,
        EPISODE
    }

    public enum ResolvedBy {
        SIGNAL,
        OPERATOR
    }

    /**
     * The end of an incident.
     *
     * @param position the event that resolved it
     * @param earliest when the data stopped, where an OK ended unobserved time; else null
     * @param checkpoint what else the stream knew then, so that its fold can go on from here
     */
    public record Resolution(
            Position position, ResolvedBy by, @Nullable Instant earliest, Checkpoint checkpoint) {
        public Instant at() {
            return position.occurredAt();
        }
    }

    /**
     * What a stream knows apart from its latest incident.
     *
     * @param signalSince since when its last signal has been what it is
     * @param noDataTransId the transId of its latest INSUFFICIENT_DATA
     */
    public record Checkpoint(Instant signalSince, @Nullable String noDataTransId) {}

    public Incident {
        if (last.isBefore(first)) {
            throw new IllegalArgumentException("an incident's last signal " + last + " lies before its first " + first);
        }
        if (openedAt.isAfter(first.occurredAt())) {
            throw new IllegalArgumentException("opened at " + openedAt + ", after its first signal " + first);
        }
    }

    public boolean open() {
        return resolution == null;
    }

    public @Nullable Instant resolvedAt() {
        return resolution == null ? null : resolution.at();
    }

    public @Nullable String worstValue() {
        return extremes.worst(display.expression());
    }

    /** Whether the event at this place is shown on this incident's timeline. */
    public boolean spans(Position position) {
        return !position.isBefore(first) && !position.isAfter(last);
    }

    /** The place of its last event that moved the stream's state: the resolution, which may come after the last signal. */
    public Position end() {
        return resolution == null ? last : resolution.position();
    }

    public Incident with(Attention newAttention) {
        return newAttention.equals(attention)
                ? this
                : new Draft(this).attention(newAttention).incident();
    }
}
