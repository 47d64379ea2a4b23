package foldback.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import foldback.fold.Event;
import foldback.fold.Histories;
import foldback.fold.Position;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The places that tell events apart know all kinds there are. */
class EventTypesTest {
    private static final Instant AT = Instant.parse("2025-03-04T10:00:00Z");
    private static final Position HERE = new Position(AT, UUID.randomUUID());
    private static final Position NAMED = new Position(AT.minusSeconds(60), UUID.randomUUID());

    private static final List<Event.Operator> OPERATORS = List.of(
            new Event.Resolved(HERE, NAMED, "ana", null),
            new Event.Acknowledged(HERE, NAMED, "ana", "on it"),
            new Event.Unacknowledged(HERE, NAMED, "ana", null),
            new Event.Noted(HERE, NAMED, "ana", "a note"));

    @Test
    void everyKindOfOperatorEventIsHere() {
        assertEquals(
                kinds(Event.Operator.class),
                OPERATORS.stream().map(Object::getClass).collect(Collectors.toSet()));
    }

    @Test
    void theFoldTakesSignalsAndResolutionsByHand() {
        assertEquals(Set.of(Event.Signalled.class, Event.Resolved.class), kinds(Event.Moving.class));
    }

    @Test
    void everyOperatorEventComesBackFromItsName() {
        for (Event.Operator event : OPERATORS) {
            assertEquals(event, EventTypes.operator(EventTypes.of(event), HERE, NAMED, event.by(), event.note()));
        }
    }

    @Test
    void aSignalIsASignal() {
        assertEquals("signal", EventTypes.of(new Event.Signalled(HERE, AT, false, Histories.alert("1"))));
    }

    private static Set<Class<?>> kinds(Class<?> type) {
        return Arrays.stream(type.getPermittedSubclasses()).collect(Collectors.toSet());
    }
}
