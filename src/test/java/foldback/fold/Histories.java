package foldback.fold;

import java.util.List;

/** What tests of other packages need of the core's own. */
public final class Histories {
    private Histories() {}

    public record Expected(StreamState state, List<Incident> incidents, int strays) {}

    /** The signals of the random history of the seed, in the order of recording. */
    public static List<Event.Signalled> signals(long seed) {
        return RandomHistory.events(seed).stream()
                .filter(Event.Signalled.class::isInstance)
                .map(Event.Signalled.class::cast)
                .toList();
    }

    /** What the log of a stream amounts to, folded in the plainest way. */
    public static Expected expected(List<Event> log) {
        Folded folded = Folded.of(Folded.WITHOUT_REOPENING, log);
        List<Incident> incidents = folded.incidents();
        StreamState state =
                incidents.isEmpty() ? folded.state() : folded.state().with(incidents.get(incidents.size() - 1));
        return new Expected(state, incidents, folded.strays());
    }

    public static Said alert(String value) {
        return new Said(Signal.ALERT, Level.WARN, null, value, null, History.display("$Average>=5"));
    }

    public static Said ok(String value) {
        return new Said(Signal.OK, null, Level.WARN, value, null, History.display("$Average>=5"));
    }

    public static Said noData() {
        return new Said(Signal.INSUFFICIENT_DATA, null, null, null, null, History.display("$Average>=5"));
    }
}
