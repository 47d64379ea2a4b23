package foldback.ledger;

import foldback.database.Together;
import foldback.fold.Event;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What a batch adds to the log: its new events, the bytes that several of them share, and the deliveries of known ones. */
final class BatchLog {
    private final List<Placement> placements;
    private final Map<StreamBatch, Set<UUID>> arrivals = new HashMap<>();
    /** Callbacks that brought at least one new event. */
    private final Set<UUID> bringingNews = new HashSet<>();
    /** Callbacks that brought an event, now or in an earlier transaction of unknown outcome. */
    private final Set<UUID> recorded = new HashSet<>();
    /** Callbacks that an earlier transaction of unknown outcome recorded. */
    private final Set<UUID> recordedBefore = new HashSet<>();

    BatchLog(List<Placement> placements) {
        this.placements = placements;
        for (Placement placement : placements) {
            UUID callbackId = placement.arrival().callback().id();
            if (placement.kind() != Placement.Kind.REPEATED) {
                recorded.add(callbackId);
            }
            if (placement.isNew()) {
                bringingNews.add(callbackId);
                arrivals.computeIfAbsent(placement.stream(), stream -> new HashSet<>())
                        .add(placement.position().id());
            } else if (placement.kind() == Placement.Kind.OWN) {
                recordedBefore.add(callbackId);
            }
        }
    }

    /** Keeps the deliveries, behind what is to go before them, and adds what is to be appended to what goes to the database together. */
    void write(Connection connection, Together together) throws SQLException {
        deliver(connection, together);
        append(together);
    }

    Set<UUID> arrivals(StreamBatch stream) {
        return arrivals.getOrDefault(stream, Set.of());
    }

    boolean broughtNews(Callback callback) {
        return bringingNews.contains(callback.id());
    }

    /** The callbacks that are counted with this batch, once its deliveries are kept. */
    CallbackCounts counts(List<Callback> callbacks) {
        CallbackCounts counts = CallbackCounts.NONE;
        for (Callback callback : callbacks) {
            if (!recordedBefore.contains(callback.id())) {
                boolean own = recorded.contains(callback.id());
                counts = counts.plus(new CallbackCounts(1, own ? 1 : 0, own ? 0 : 1, 0));
            }
        }
        return counts;
    }

    private void deliver(Connection connection, Together together) throws SQLException {
        Map<EventLog.DeliveryKey, Placement> repeated = new HashMap<>();
        for (Placement placement : placements) {
            UUID callbackId = placement.arrival().callback().id();
            // A callback that names one object twice delivers its signal once.
            if (placement.kind() == Placement.Kind.REPEATED
                    && !placement.origin().equals(callbackId)) {
                repeated.putIfAbsent(
                        new EventLog.DeliveryKey(placement.position().id(), callbackId), placement);
            }
        }
        List<EventLog.Delivery> deliveries =
                repeated.values().stream().map(this::delivery).toList();
        if (deliveries.isEmpty()) {
            return;
        }
        together.run(connection);
        Set<EventLog.DeliveryKey> added = EventLog.deliver(connection, deliveries);
        repeated.forEach((key, placement) -> {
            if (added.contains(key)) {
                placement.stream().countDuplicate();
            } else {
                recordedBefore.add(key.callbackId());
            }
        });
    }

    private EventLog.Delivery delivery(Placement placement) {
        Callback callback = placement.arrival().callback();
        return new EventLog.Delivery(
                placement.stream().id(),
                placement.position(),
                callback.id(),
                callback.receivedAt(),
                callback.remoteAddress(),
                broughtNews(callback));
    }

    private void append(Together together) {
        Map<EventLog.PartKey, EventLog.SharedBody> shared = sharedParts();
        List<EventLog.Entry> entries = new ArrayList<>();
        for (Placement placement : placements) {
            if (placement.isNew()) {
                entries.add(entry(placement, shared.containsKey(part(placement))));
            }
        }
        EventLog.append(together, entries);
        EventLog.share(together, List.copyOf(shared.entrySet()));
    }

    /** The parts from which more than one new event was read: their bytes are kept once, however many objects they name. */
    private Map<EventLog.PartKey, EventLog.SharedBody> sharedParts() {
        Set<EventLog.PartKey> seen = new HashSet<>();
        Map<EventLog.PartKey, EventLog.SharedBody> shared = new HashMap<>();
        for (Placement placement : placements) {
            if (placement.isNew() && !seen.add(part(placement))) {
                Arrival arrival = placement.arrival();
                shared.computeIfAbsent(
                        part(placement), key -> new EventLog.SharedBody(arrival.digest(), arrival.bytes()));
            }
        }
        return shared;
    }

    private static EventLog.PartKey part(Placement placement) {
        return new EventLog.PartKey(
                placement.arrival().callback().id(),
                placement.arrival().reading().part());
    }

    private static EventLog.Entry entry(Placement placement, boolean shared) {
        Callback callback = placement.arrival().callback();
        Reading reading = placement.arrival().reading();
        boolean estimated = placement.arrival().estimated();
        return new EventLog.Entry(
                placement.stream().id(),
                new Event.Signalled(placement.position(), callback.receivedAt(), estimated, reading.said()),
                callback.receivedAt(),
                callback.id(),
                reading.part(),
                callback.remoteAddress(),
                callback.contentType(),
                estimated ? placement.arrival().digest() : null,
                shared ? null : placement.arrival().bytes());
    }
}
