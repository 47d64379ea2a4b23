package foldback.fold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.UUID;

/** Every field of an incident can be traced to the event that set it. */
final class ExplanationLaws {
    private ExplanationLaws() {}

    /** What an event changed it has set; so the latest event that set a field left it as it is. */
    static void everyChangeIsSaid(FoldPolicy policy, List<Event> events, SplittableRandom random) {
        Folded folded = Folded.of(policy, events);
        for (Incident incident : folded.incidents()) {
            Incident before = null;
            Attention attention = Attention.NONE;
            Timeline timeline = timeline(policy, folded, incident);
            for (Event event : timelineOf(incident, events)) {
                Timeline.Entry entry = timeline.next(event);
                if (event instanceof Event.Operator operator) {
                    attention = attention.after(operator);
                }
                Incident bare = event instanceof Event.Moving
                        ? folded.steps().get(event.position().id()).after().incident()
                        : before;
                Incident after = Objects.requireNonNull(bare).with(attention);
                for (Field field : Field.values()) {
                    Object former = before == null ? null : FieldValue.of(field, before);
                    Object value = FieldValue.of(field, after);
                    assertTrue(
                            Objects.equals(former, value) || entry.set().contains(field),
                            () -> field + " became " + value + " from " + former + " by " + entry);
                }
                before = after;
            }
            assertEquals(incident, before, "the timeline leads to the incident");
        }
    }

    /** Each value is that of the event that it is traced to, or was made of it and those before. */
    static void everyValueIsThatOfItsEvent(FoldPolicy policy, List<Event> events, SplittableRandom random) {
        Folded folded = Folded.of(policy, events);
        for (Incident incident : folded.incidents()) {
            List<Event> ordered = timelineOf(incident, events);
            Timeline timeline = timeline(policy, folded, incident);
            Explanation explanation = new Explanation();
            ordered.forEach(event -> explanation.take(timeline.next(event)));
            Map<Field, UUID> setBy = explanation.setBy();
            for (Field field : Field.values()) {
                Object value = FieldValue.of(field, incident);
                if (value != null) {
                    assertNotNull(setBy.get(field), () -> field + " is " + value + " by no event");
                }
                if (setBy.containsKey(field)) {
                    Event event = ordered.stream()
                            .filter(one -> one.position().id().equals(setBy.get(field)))
                            .findFirst()
                            .orElseThrow();
                    assertEquals(said(field, event, value), value, () -> field + " is traced to " + event);
                }
            }
        }
    }

    /** What the event itself says of the field; of one that is counted or computed of several events, the value. */
    private static Object said(Field field, Event event, Object value) {
        if (event instanceof Event.Operator operator) {
            return switch (field) {
                case RESOLVED_AT -> event.occurredAt();
                case ACKNOWLEDGED_AT -> event instanceof Event.Acknowledged ? event.occurredAt() : null;
                case ACKNOWLEDGED_BY -> event instanceof Event.Acknowledged ? operator.by() : null;
                case RESOLVED_BY -> Incident.ResolvedBy.OPERATOR;
                default -> value;
            };
        }
        Event.Signalled signal = (Event.Signalled) event;
        boolean ok = signal.signal() == Signal.OK;
        boolean alert = signal.signal() == Signal.ALERT;
        return switch (field) {
            case ID -> event.position().id();
            case SIGNAL -> signal.signal();
            case LAST_SIGNAL_AT -> event.occurredAt();
            case FIRST_RECEIVED_AT -> signal.receivedAt();
            case LEVEL, PEAK_LEVEL -> signal.said().level();
            case TRANS_ID -> signal.said().transId();
            case EXPRESSION -> signal.said().display().expression();
            case LABELS -> signal.said().display().labels();
            case OPENING_VALUE, CURRENT_VALUE -> signal.said().curValue();
            case RECOVERY_VALUE -> ok ? signal.said().curValue() : null;
            case RESOLVED_AT -> ok ? event.occurredAt() : null;
            case RESOLVED_BY -> ok ? Incident.ResolvedBy.SIGNAL : null;
            case STATUS -> alert;
            default -> value;
        };
    }

    private static Timeline timeline(FoldPolicy policy, Folded folded, Incident incident) {
        return new Timeline(
                new Fold(policy), folded.steps().get(incident.first().id()).before());
    }

    /** The events that make the incident, in stream order, and those between them. */
    private static List<Event> timelineOf(Incident incident, List<Event> events) {
        List<Event> its = new ArrayList<>();
        for (Event event : events) {
            boolean within = event instanceof Event.Moving
                    ? !event.position().isBefore(incident.first())
                            && !event.position().isAfter(incident.end())
                    : event instanceof Event.Operator operator && incident.spans(operator.names());
            if (within) {
                its.add(event);
            }
        }
        its.sort(Comparator.comparing(Event::position));
        return its;
    }
}
