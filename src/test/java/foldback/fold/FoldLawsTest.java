package foldback.fold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What must hold of every history; the seed of one that breaks a law is in the failure. */
class FoldLawsTest {
    private static final int HISTORIES = Integer.getInteger("foldback.laws.histories", 6000);
    private static final long FIRST_SEED = Long.getLong("foldback.laws.seed", 20_250_304L);
    private static final List<FoldPolicy> POLICIES = List.of(
            Folded.WITHOUT_REOPENING, new FoldPolicy(Duration.ofMinutes(6)), new FoldPolicy(Duration.ofHours(1)));

    private interface Law {
        void holdsFor(FoldPolicy policy, List<Event> events, SplittableRandom random);
    }

    @TestFactory
    List<DynamicTest> laws() {
        return List.of(
                law("recording late events one by one ends where folding from scratch does", FoldLawsTest::incremental),
                law("recording them in batches does too", FoldLawsTest::batched),
                law("every signal belongs to at most one incident, every ALERT to one", FoldLawsTest::belonging),
                law(
                        "an incident ends after it began, and was unobserved no longer than it lasted",
                        FoldLawsTest::durations),
                law("at most one incident is open, the latest", FoldLawsTest::oneOpen),
                law("a timeline folds to the incident that it is of, and explains it", FoldLawsTest::timelines),
                law(
                        "what an event changes of an incident, it says that it has set",
                        ExplanationLaws::everyChangeIsSaid),
                law(
                        "every field has an event, which says its value or completes it",
                        ExplanationLaws::everyValueIsThatOfItsEvent));
    }

    @Test
    void theHistoriesReachEveryEffect() {
        Set<Effect> reached = new HashSet<>();
        for (long seed = FIRST_SEED; seed < FIRST_SEED + 500; seed++) {
            Folded.of(POLICIES.get(1), RandomHistory.events(seed))
                    .steps()
                    .values()
                    .forEach(step -> reached.add(step.effect()));
        }
        Set<Effect> moving = Set.of(
                Effect.OPENED,
                Effect.COUNTED,
                Effect.LEVEL,
                Effect.UNOBSERVED,
                Effect.RESOLVED,
                Effect.REOPENED,
                Effect.NONE);
        assertEquals(moving, reached);
    }

    /** The stored incidents of a stream, kept by id as the ledger does; each event recorded through {@link Refold} if late. */
    private static void incremental(FoldPolicy policy, List<Event> events, SplittableRandom random) {
        Ledger ledger = new Ledger(policy);
        for (int n = 1; n <= events.size(); n++) {
            ledger.record(events.subList(0, n), List.of(events.get(n - 1)));
            ledger.check(Folded.of(policy, events.subList(0, n)));
        }
    }

    private static void batched(FoldPolicy policy, List<Event> events, SplittableRandom random) {
        Ledger ledger = new Ledger(policy);
        int done = 0;
        while (done < events.size()) {
            int next = Math.min(events.size(), done + 1 + random.nextInt(6));
            ledger.record(events.subList(0, next), events.subList(done, next));
            ledger.check(Folded.of(policy, events.subList(0, next)));
            done = next;
        }
    }

    private static void belonging(FoldPolicy policy, List<Event> events, SplittableRandom random) {
        Folded folded = Folded.of(policy, events);
        for (Event event : events) {
            if (event instanceof Event.Signalled signalled) {
                long holders = folded.incidents().stream()
                        .filter(i -> i.spans(event.position()))
                        .count();
                assertTrue(holders <= 1, () -> event + " belongs to several incidents");
                assertTrue(signalled.signal() != Signal.ALERT || holders == 1, () -> event + " belongs to none");
            }
        }
        int alerts = folded.incidents().stream().mapToInt(Incident::alertCount).sum();
        assertEquals(events.stream().filter(FoldLawsTest::isAlert).count(), alerts);
    }

    private static void durations(FoldPolicy policy, List<Event> events, SplittableRandom random) {
        for (Incident incident : Folded.of(policy, events).incidents()) {
            if (incident.resolution() != null) {
                Duration duration = Duration.between(
                        incident.openedAt(), incident.resolution().at());
                assertFalse(duration.isNegative(), incident::toString);
                assertTrue(incident.unobserved().compareTo(duration) <= 0, incident::toString);
                if (incident.resolution().earliest() != null) {
                    assertFalse(
                            incident.resolution()
                                    .earliest()
                                    .isAfter(incident.resolution().at()),
                            incident::toString);
                    assertFalse(incident.resolution().earliest().isBefore(incident.openedAt()), incident::toString);
                }
            }
        }
    }

    private static void oneOpen(FoldPolicy policy, List<Event> events, SplittableRandom random) {
        List<Incident> incidents = Folded.of(policy, events).incidents();
        for (int i = 0; i < incidents.size() - 1; i++) {
            assertFalse(incidents.get(i).open(), incidents::toString);
            assertTrue(incidents.get(i).end().isBefore(incidents.get(i + 1).first()), incidents::toString);
        }
    }

    private static void timelines(FoldPolicy policy, List<Event> events, SplittableRandom random) {
        Folded folded = Folded.of(policy, events);
        List<Event> ordered =
                events.stream().sorted(Comparator.comparing(Event::position)).toList();
        for (Incident incident : folded.incidents()) {
            Step opening = folded.steps().get(incident.first().id());
            Timeline timeline = new Timeline(new Fold(policy), opening.before());
            Map<Field, UUID> setBy = new HashMap<>();
            for (Event event : ordered) {
                boolean named = event instanceof Event.Operator operator && incident.spans(operator.names());
                boolean within = event instanceof Event.Moving
                        ? !event.position().isBefore(incident.first())
                                && !event.position().isAfter(incident.end())
                        : named;
                if (within) {
                    Timeline.Entry entry = timeline.next(event);
                    entry.set()
                            .forEach(field -> setBy.put(field, event.position().id()));
                }
            }
            explains(incident, setBy, folded, ordered);
        }
    }

    private static void explains(Incident incident, Map<Field, UUID> setBy, Folded folded, List<Event> ordered) {
        assertEquals(incident.last().id(), setBy.get(Field.LAST_SIGNAL_AT));
        if (incident.resolution() != null) {
            assertEquals(incident.resolution().position().id(), setBy.get(Field.RESOLVED_AT));
        }
        if (incident.attention().acknowledgedAt() != null) {
            Event by = ordered.stream()
                    .filter(event -> event.position().id().equals(setBy.get(Field.ACKNOWLEDGED_AT)))
                    .findFirst()
                    .orElseThrow();
            assertEquals(incident.attention().acknowledgedAt(), by.occurredAt());
        }
        if (incident.currentValue() != null) {
            Event.Signalled by = (Event.Signalled)
                    folded.steps().get(setBy.get(Field.CURRENT_VALUE)).event();
            assertEquals(incident.currentValue(), by.said().curValue());
        }
    }

    private static boolean isAlert(Event event) {
        return event instanceof Event.Signalled signalled && signalled.signal() == Signal.ALERT;
    }

    private static DynamicTest law(String name, Law law) {
        return DynamicTest.dynamicTest(
                name, () -> LongStream.range(FIRST_SEED, FIRST_SEED + HISTORIES).forEach(seed -> {
                    FoldPolicy policy = POLICIES.get((int) (seed % POLICIES.size()));
                    try {
                        law.holdsFor(policy, RandomHistory.events(seed), new SplittableRandom(seed));
                    } catch (RuntimeException | AssertionError e) {
                        throw new AssertionError("seed " + seed + ", " + policy + ": " + e.getMessage(), e);
                    }
                }));
    }

    /** What the ledger does to one stream, with lists for tables. */
    private static final class Ledger {
        private final Fold fold;
        private final FoldPolicy policy;
        private final List<Incident> stored = new ArrayList<>();

        Ledger(FoldPolicy policy) {
            this.fold = new Fold(policy);
            this.policy = policy;
        }

        void record(List<Event> log, List<Event> arrived) {
            List<Event.Moving> moving = moving(log);
            Set<UUID> arrivals = new HashSet<>();
            moving(arrived).forEach(event -> arrivals.add(event.position().id()));
            List<Incident> renewed = new ArrayList<>(stored);
            if (!arrivals.isEmpty()) {
                Position earliest = moving(arrived).stream()
                        .map(Event::position)
                        .min(Comparator.naturalOrder())
                        .orElseThrow();
                Incident previous = previous(earliest);
                Refold refold =
                        new Refold(fold, previous == null ? StreamState.EMPTY : StreamState.after(previous), arrivals);
                for (Event.Moving event : moving) {
                    if ((previous == null || event.position().isAfter(previous.end())) && !refold.take(event)) {
                        break;
                    }
                }
                Set<Position> replaced = new HashSet<>();
                refold.former().forEach(incident -> replaced.add(incident.first()));
                refold.renewed().forEach(incident -> replaced.add(incident.first()));
                if (!refold.met()) {
                    assertEquals(bare(Folded.of(policy, log).state()), refold.state());
                }
                List<Incident> unfinished = refold.met() ? tail(refold.renewed()) : List.of();
                renewed.removeIf(incident -> replaced.contains(incident.first())
                        && unfinished.stream().noneMatch(tail -> tail.first().equals(incident.first())));
                refold.renewed().stream()
                        .filter(incident -> !unfinished.contains(incident))
                        .forEach(renewed::add);
                renewed.sort(Comparator.comparing(Incident::first));
            }
            stored.clear();
            stored.addAll(Attachment.attach(renewed, Folded.operators(log)));
        }

        /** Where the fold met its former self inside an incident, that incident is as it was, and goes on behind the stretch. */
        private static List<Incident> tail(List<Incident> renewed) {
            return renewed.isEmpty() ? List.of() : renewed.subList(renewed.size() - 1, renewed.size());
        }

        void check(Folded expected) {
            assertEquals(expected.incidents(), stored);
        }

        private Incident previous(Position place) {
            Incident previous = null;
            for (Incident incident : stored) {
                if (!incident.open() && incident.end().isBefore(place)) {
                    previous = incident;
                }
            }
            return previous;
        }

        private static List<Event.Moving> moving(List<Event> events) {
            return events.stream()
                    .filter(Event.Moving.class::isInstance)
                    .map(Event.Moving.class::cast)
                    .sorted(Comparator.comparing(Event::position))
                    .toList();
        }

        private static StreamState bare(StreamState state) {
            return state.incident() == null
                    ? state
                    : state.with(state.incident().with(Attention.NONE));
        }
    }
}
