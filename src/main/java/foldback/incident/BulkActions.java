package foldback.incident;

import foldback.ledger.Action;
import foldback.ledger.ActionOutcome;
import foldback.ledger.Actions;
import foldback.listing.Snapshot;
import foldback.listing.Writes;
import foldback.problem.Problem;
import foldback.problem.ProblemException;
import foldback.problem.Refusal;
import foldback.repetition.Attempt;
import foldback.repetition.Preconditions;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Acts on many incidents. Two ids of one incident are one action; what an earlier request with the same key recorded is not done again. */
@Singleton
class BulkActions {
    private final Snapshot snapshot;
    private final ManyIncidents many;
    private final Writes writes;
    private final Actions actions;
    private final Caller caller;
    private final Preconditions preconditions;
    private final Attempt attempt;
    private final Clock clock;
    private final Duration staleAfter;

    BulkActions(
            Snapshot snapshot,
            ManyIncidents many,
            Writes writes,
            Actions actions,
            Caller caller,
            Preconditions preconditions,
            Attempt attempt,
            Clock clock,
            IncidentConfig config) {
        this.snapshot = snapshot;
        this.many = many;
        this.writes = writes;
        this.actions = actions;
        this.caller = caller;
        this.preconditions = preconditions;
        this.attempt = attempt;
        this.clock = clock;
        this.staleAfter = config.staleAfter();
    }

    BulkAnswer act(Action.Kind kind, @Nullable BulkRequest body) {
        if (body == null) {
            throw ActionRequest.refused("ids", "should name one incident or more");
        }
        preconditions.refuse("belongs to the actions on one incident");
        ActionRequest wanted = body.each(kind);
        Instant at = wanted.instant();
        if (at != null && at.isAfter(clock.instant())) {
            throw ActionRequest.refused("at", "should not lie in the future");
        }
        List<BulkRequest.Target> targets = body.targets();
        List<UUID> named =
                targets.stream().map(BulkRequest.Target::id).distinct().toList();
        Map<UUID, ManyIncidents.Place> places = snapshot.ask(session -> many.find(session, named));
        Map<UUID, ActionOutcome> outcomes = act(kind, wanted, places.values());
        return answer(targets, places, outcomes);
    }

    /** What became of each, by its own id. */
    private Map<UUID, ActionOutcome> act(
            Action.Kind kind, ActionRequest wanted, Collection<ManyIncidents.Place> places) {
        Map<UUID, ActionOutcome> outcomes = new LinkedHashMap<>();
        List<Action> wantedActions = new ArrayList<>();
        places.stream().distinct().forEach(place -> {
            if (attempt.recorded(place.incidentId())) {
                outcomes.put(place.incidentId(), new ActionOutcome.Done(place.incidentId()));
            } else {
                wantedActions.add(caller.action(kind, place.streamId(), place.incidentId(), wanted, null));
            }
        });
        outcomes.putAll(writes.in(() -> actions.act(wantedActions, attempt.claim())));
        refuseUnfinished(outcomes);
        return outcomes;
    }

    /** Whoever sends the request again, with its key, is told of all of them, and only those are recorded that are not yet. */
    private static void refuseUnfinished(Map<UUID, ActionOutcome> outcomes) {
        long done = outcomes.values().stream()
                .filter(ActionOutcome.Done.class::isInstance)
                .count();
        outcomes.values().stream()
                .filter(ActionOutcome.Unavailable.class::isInstance)
                .map(ActionOutcome.Unavailable.class::cast)
                .findAny()
                .ifPresent(unavailable -> {
                    throw Refused.unavailable(
                            unavailable, "Not all was recorded, but " + done + " of " + outcomes.size());
                });
    }

    private BulkAnswer answer(
            List<BulkRequest.Target> targets,
            Map<UUID, ManyIncidents.Place> places,
            Map<UUID, ActionOutcome> outcomes) {
        Instant now = clock.instant();
        List<UUID> done = outcomes.values().stream()
                .filter(ActionOutcome.Done.class::isInstance)
                .map(outcome -> ((ActionOutcome.Done) outcome).incidentId())
                .toList();
        Map<UUID, IncidentView> incidents = snapshot.ask(session -> many.views(session, done, now, staleAfter));
        return new BulkAnswer(targets.stream()
                .map(target -> {
                    ManyIncidents.Place place = places.get(target.id());
                    return place == null
                            ? refused(target, Refusal.UNKNOWN_ID.because("There is no incident " + target.id() + "."))
                            : result(target, Objects.requireNonNull(outcomes.get(place.incidentId())), incidents);
                })
                .toList());
    }

    private static BulkAnswer.Result result(
            BulkRequest.Target target, ActionOutcome outcome, Map<UUID, IncidentView> incidents) {
        return outcome instanceof ActionOutcome.Done done
                ? new BulkAnswer.Result(target.text(), 200, incidents.get(done.incidentId()), null)
                : refused(target, Refused.because(outcome, target.id()));
    }

    private static BulkAnswer.Result refused(BulkRequest.Target target, ProblemException refused) {
        Problem problem = refused.problem();
        return new BulkAnswer.Result(target.text(), problem.status(), null, problem.object());
    }
}
