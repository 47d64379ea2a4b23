package foldback.ledger;

import foldback.fold.Event;
import foldback.fold.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Gives each signal of a batch its place: an id and a time of its own, or the event that it repeats, in the log or in the batch. */
final class Placing {
    private final Map<Integer, Duplicates.Known> known;
    private final Instant now;
    private final LongSupplier random;
    private final Map<Arrival.Key, Placement> stated = new HashMap<>();
    private final Map<UUID, List<Placement>> estimatedByStream = new HashMap<>();
    private final Map<UUID, List<Placement>> placedByStream = new HashMap<>();

    Placing(Map<Integer, Duplicates.Known> known, Instant now, LongSupplier random) {
        this.known = known;
        this.now = now;
        this.random = random;
    }

    Placement place(Arrival arrival, StreamBatch stream) {
        Duplicates.Known first = known.get(arrival.ord());
        if (first != null) {
            boolean own = first.callbackId().equals(arrival.callback().id());
            Placement.Kind kind = own ? Placement.Kind.OWN : Placement.Kind.REPEATED;
            return new Placement(arrival, stream, first.position(), first.callbackId(), kind);
        }
        Placement earlier = earlierInBatch(arrival);
        if (earlier != null) {
            return new Placement(arrival, stream, earlier.position(), earlier.origin(), Placement.Kind.REPEATED);
        }
        return append(arrival, stream);
    }

    private Placement append(Arrival arrival, StreamBatch stream) {
        boolean estimated = arrival.estimated();
        Instant stated = arrival.reading().statedAt();
        Instant occurredAt = estimated || stated == null ? clock(arrival, stream) : stated;
        Position position = new Position(occurredAt, stream.nextId(now, random.getAsLong()));
        stream.take(new Event.Signalled(
                position, arrival.receivedAt(), estimated, arrival.reading().said()));
        Placement placement =
                new Placement(arrival, stream, position, arrival.callback().id(), Placement.Kind.NEW);
        remember(placement);
        return placement;
    }

    /** A signal without a time of its own occurs when it is received, but never before what its stream holds. */
    private static Instant clock(Arrival arrival, StreamBatch stream) {
        Instant receivedAt = arrival.receivedAt();
        return receivedAt.isBefore(stream.newestAt()) ? stream.newestAt() : receivedAt;
    }

    private void remember(Placement placement) {
        Arrival arrival = placement.arrival();
        if (arrival.estimated()) {
            estimatedByStream
                    .computeIfAbsent(arrival.streamId(), id -> new ArrayList<>())
                    .add(placement);
        } else {
            stated.put(arrival.key(), placement);
        }
        placedByStream
                .computeIfAbsent(arrival.streamId(), id -> new ArrayList<>())
                .add(placement);
    }

    private @Nullable Placement earlierInBatch(Arrival arrival) {
        Placement same = arrival.estimated() ? null : stated.get(arrival.key());
        if (same != null) {
            return same;
        }
        Map<UUID, List<Placement>> candidates = arrival.estimated() ? placedByStream : estimatedByStream;
        for (Placement placement : candidates.getOrDefault(arrival.streamId(), List.of())) {
            if (arrival.repeats(placement.arrival())) {
                return placement;
            }
        }
        return null;
    }
}
