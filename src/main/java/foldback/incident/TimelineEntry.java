package foldback.incident;

import foldback.fold.Event;
import foldback.fold.Field;
import foldback.fold.Timeline;
import foldback.ledger.EventTypes;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One event of an incident as clients see it, with what it did and the fields that it set. */
record TimelineEntry(
        UUID eventId,
        String type,
        @Nullable String signal,
        @Nullable String level,
        @Nullable String curValue,
        Instant occurredAt,
        Instant receivedAt,
        @Nullable String by,
        @Nullable String note,
        String effect,
        List<String> set) {

    static TimelineEntry of(Timeline.Entry entry, Instant receivedAt) {
        Event event = entry.event();
        Event.Signalled signalled = event instanceof Event.Signalled s ? s : null;
        Event.Operator operator = event instanceof Event.Operator o ? o : null;
        return new TimelineEntry(
                event.position().id(),
                EventTypes.of(event),
                signalled == null ? null : signalled.signal().name(),
                signalled == null ? null : name(signalled.said().level()),
                signalled == null ? null : signalled.said().curValue(),
                event.occurredAt(),
                receivedAt,
                operator == null ? null : operator.by(),
                operator == null ? null : operator.note(),
                entry.effect().name().toLowerCase(Locale.ROOT),
                entry.set().stream().map(Field::key).sorted().toList());
    }

    /** How much text a sender or a person gave it. */
    int weight() {
        return Stream.of(curValue, by, note)
                .mapToInt(text -> text == null ? 0 : text.length())
                .sum();
    }

    private static @Nullable String name(@Nullable Enum<?> value) {
        return value == null ? null : value.name();
    }
}
