package foldback.fold;

import static foldback.fold.Effect.COUNTED;
import static foldback.fold.Effect.LEVEL;
import static foldback.fold.Effect.NONE;
import static foldback.fold.Effect.OPENED;
import static foldback.fold.Effect.REOPENED;
import static foldback.fold.Effect.RESOLVED;
import static foldback.fold.Effect.UNOBSERVED;
import static foldback.fold.History.alertSaying;
import static foldback.fold.History.at;
import static foldback.fold.History.episode;
import static foldback.fold.History.id;
import static foldback.fold.Incident.OpenedBy.EPISODE;
import static foldback.fold.Incident.OpenedBy.SIGNAL;
import static foldback.fold.Level.CRITICAL;
import static foldback.fold.Level.INFO;
import static foldback.fold.Level.WARN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.fold.Incident.ResolvedBy;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of the domain, a row a test: given these events of a stream, then these incidents. */
class FoldTest {
    private static final FoldPolicy REOPENING = new FoldPolicy(Duration.ofMinutes(10));

    private final History given = new History();

    /** Each event's effect, in order of recording, then each incident as openedAt–resolvedAt, with * where the episode opened it. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("cells")
    void everyCellOfTheTable(String name, History history, FoldPolicy policy, List<Effect> effects, String incidents) {
        Folded folded = Folded.of(policy, history.events());
        List<Effect> seen = IntStream.rangeClosed(1, history.events().size())
                .filter(n -> folded.steps().containsKey(id(n)))
                .mapToObj(folded::effect)
                .toList();
        assertEquals(effects, seen);
        assertEquals(
                incidents,
                String.join(
                        ", ", folded.incidents().stream().map(FoldTest::shown).toList()));
    }

    static Stream<Arguments> cells() {
        return Stream.of(
                cell("ALERT, nothing open: opens", h().alert("10:00"), List.of(OPENED), "10:00–"),
                cell(
                        "ALERT, nothing open, episode began over a minute earlier: its first ALERT was missed",
                        h().alert("10:05", WARN, "1", episode("10:00")),
                        List.of(OPENED),
                        "10:00*–"),
                cell(
                        "ALERT, episode began just a minute earlier: that is how long a first ALERT takes",
                        h().alert("10:01", WARN, "1", episode("10:00")),
                        List.of(OPENED),
                        "10:01–"),
                cell(
                        "ALERT, episode began before the last resolution: it is over",
                        h().alert("10:00").ok("11:00").alert("12:00", WARN, "1", episode("10:30")),
                        List.of(OPENED, RESOLVED, OPENED),
                        "10:00–11:00, 12:00–"),
                cell(
                        "ALERT, episode began at the last resolution: not after it",
                        h().alert("10:00").ok("11:00").alert("12:00", WARN, "1", episode("11:00")),
                        List.of(OPENED, RESOLVED, OPENED),
                        "10:00–11:00, 12:00–"),
                cell(
                        "ALERT, episode began after the last resolution: dated back",
                        h().alert("10:00").ok("11:00").alert("12:00", WARN, "1", episode("11:30")),
                        List.of(OPENED, RESOLVED, OPENED),
                        "10:00–11:00, 11:30*–"),
                cell(
                        "ALERT, episode begins after it: ignored",
                        h().alert("10:00", WARN, "1", episode("10:30")),
                        List.of(OPENED),
                        "10:00–"),
                cell(
                        "ALERT with the transId of the latest no-data: that is when data stopped, not when the alert began",
                        h().noData("10:00", episode("10:00")).alert("10:30", WARN, "1", episode("10:00")),
                        List.of(NONE, OPENED),
                        "10:30–"),
                cell(
                        "ALERT with the transId of an earlier no-data: only the latest one counts",
                        h().noData("10:00", episode("10:00"))
                                .noData("10:10", episode("10:10"))
                                .alert("10:30", WARN, "1", episode("10:00")),
                        List.of(NONE, NONE, OPENED),
                        "10:00*–"),
                cell("ALERT, open: counts", h().alert("10:00").alert("11:00"), List.of(OPENED, COUNTED), "10:00–"),
                cell(
                        "ALERT, open, another level: recorded",
                        h().alert("10:00", WARN, "1", null).alert("11:00", CRITICAL, "2", null),
                        List.of(OPENED, LEVEL),
                        "10:00–"),
                cell(
                        "ALERT, open, without a level: no change of level",
                        h().alert("10:00", WARN, "1", null).alert("11:00"),
                        List.of(OPENED, COUNTED),
                        "10:00–"),
                cell(
                        "ALERT, open, of another episode: counts like any other",
                        h().alert("10:00", WARN, "1", episode("10:00")).alert("11:00", WARN, "1", episode("11:00")),
                        List.of(OPENED, COUNTED),
                        "10:00–"),
                cell("OK, nothing open: stray", h().ok("10:00"), List.of(NONE), ""),
                cell(
                        "OK, nothing open, of an episode that began before: all ALERTs were missed",
                        h().ok("10:00", WARN, "1", episode("09:00")),
                        List.of(RESOLVED),
                        "09:00*–10:00"),
                cell(
                        "OK of such an episode without a previous level: stray",
                        h().ok("10:00", null, "1", episode("09:00")),
                        List.of(NONE),
                        ""),
                cell(
                        "OK whose episode began as it occurred: stray",
                        h().ok("10:00", WARN, "1", episode("10:00")),
                        List.of(NONE),
                        ""),
                cell(
                        "OK of an episode that began before the last resolution: stray",
                        h().alert("09:00").ok("10:00").ok("10:30", WARN, "1", episode("09:30")),
                        List.of(OPENED, RESOLVED, NONE),
                        "09:00–10:00"),
                cell(
                        "OK with the transId of the latest no-data: stray",
                        h().noData("09:00", episode("09:00")).ok("10:00", WARN, "1", episode("09:00")),
                        List.of(NONE, NONE),
                        ""),
                cell("OK, open: resolves", h().alert("10:00").ok("11:00"), List.of(OPENED, RESOLVED), "10:00–11:00"),
                cell(
                        "OK, open, of another episode: resolves like any other",
                        h().alert("10:00", WARN, "1", episode("10:00")).ok("11:00", WARN, "1", episode("10:30")),
                        List.of(OPENED, RESOLVED),
                        "10:00–11:00"),
                cell("no data, nothing open: remembered", h().noData("10:00"), List.of(NONE), ""),
                cell(
                        "no data, open: stays open",
                        h().alert("10:00").noData("11:00").noData("11:30"),
                        List.of(OPENED, UNOBSERVED, UNOBSERVED),
                        "10:00–"),
                cell(
                        "by hand, nothing open: no effect",
                        h().alert("10:00").ok("11:00").resolvedByHand("12:00", 1),
                        List.of(OPENED, RESOLVED, NONE),
                        "10:00–11:00"),
                cell(
                        "by hand, open: resolves",
                        h().alert("10:00").resolvedByHand("11:00", 1),
                        List.of(OPENED, RESOLVED),
                        "10:00–11:00"),
                cell(
                        "by hand resolves whatever is open at its place, under whichever id",
                        h().alert("10:00")
                                .alert("12:00")
                                .resolvedByHand("13:00", 1)
                                .ok("11:00"),
                        List.of(OPENED, OPENED, RESOLVED, RESOLVED),
                        "10:00–11:00, 12:00–13:00"),
                cell(
                        "after a resolution by hand a reminder opens at its own time, and an OK is a stray",
                        h().alert("10:00", WARN, "1", episode("10:00"))
                                .resolvedByHand("11:00", 1)
                                .ok("11:30", WARN, "1", episode("10:00"))
                                .alert("12:00", WARN, "1", episode("10:00")),
                        List.of(OPENED, RESOLVED, NONE, OPENED),
                        "10:00–11:00, 12:00–"),
                cell(
                        "a late OK splits an incident in two",
                        h().alert("10:00").alert("12:00").ok("13:00").ok("11:00"),
                        List.of(OPENED, OPENED, RESOLVED, RESOLVED),
                        "10:00–11:00, 12:00–13:00"),
                cell(
                        "an ALERT that arrives after its OK",
                        h().ok("11:00").alert("10:00"),
                        List.of(RESOLVED, OPENED),
                        "10:00–11:00"),
                cell(
                        "equal times keep the order of recording",
                        h().alert("10:00").ok("10:00").alert("10:00"),
                        List.of(OPENED, RESOLVED, OPENED),
                        "10:00–10:00, 10:00–"),
                reopening(
                        "reopen-within: an ALERT in time continues the incident",
                        h().alert("10:00").ok("11:00").alert("11:10").ok("12:00"),
                        List.of(OPENED, RESOLVED, REOPENED, RESOLVED),
                        "10:00–12:00"),
                reopening(
                        "reopen-within: an ALERT too late opens another",
                        h().alert("10:00").ok("11:00").alert("11:10:01"),
                        List.of(OPENED, RESOLVED, OPENED),
                        "10:00–11:00, 11:10:01–"),
                reopening(
                        "reopen-within: the opening counts, not the ALERT",
                        h().alert("10:00").ok("11:00").alert("11:30", WARN, "1", episode("11:05")),
                        List.of(OPENED, RESOLVED, REOPENED),
                        "10:00–"),
                reopening(
                        "reopen-within: an incident known only by its OK continues the last one",
                        h().alert("10:00").ok("11:00").ok("11:30", WARN, "1", episode("11:05")),
                        List.of(OPENED, RESOLVED, RESOLVED),
                        "10:00–11:30"),
                reopening(
                        "reopen-within: after a resolution by hand too",
                        h().alert("10:00").resolvedByHand("11:00", 1).alert("11:05"),
                        List.of(OPENED, RESOLVED, REOPENED),
                        "10:00–"));
    }

    @Test
    void theIncidentHasTheSmallestIdOfItsAlerts() {
        given.ok("11:00").alert("10:30").alert("10:00");
        assertEquals(id(2), Folded.of(given).only().id());
    }

    @Test
    void anIncidentWithoutAlertsHasTheIdOfItsOk() {
        given.ok("11:00", WARN, "5", episode("10:00"));
        Incident incident = Folded.of(given).only();
        assertEquals(id(1), incident.id());
        assertEquals(EPISODE, incident.openedBy());
        assertEquals(0, incident.alertCount());
        assertEquals("5", incident.recoveryValue());
        assertNull(incident.openingValue());
        assertNull(incident.level());
    }

    @Test
    void anIncidentKnownOnlyByItsOkTakesTheIdOfTheAlertThatReopensIt() {
        given.ok("11:00", WARN, "5", episode("10:00")).alert("11:05", CRITICAL, "9", null);
        Incident incident = Folded.of(REOPENING, given.events()).only();
        assertEquals(id(2), incident.id());
        assertEquals("9", incident.openingValue());
        assertEquals(1, incident.reopenCount());
        assertEquals(at("10:00"), incident.openedAt());
    }

    @Test
    void levelsRiseAndFallAndThePeakStays() {
        given.alert("10:00", INFO, "1", null)
                .alert("10:10", CRITICAL, "3", null)
                .alert("10:20", WARN, "2", null)
                .alert("10:30", null, "2", null);
        Incident incident = Folded.of(given).only();
        assertEquals(WARN, incident.level());
        assertEquals(CRITICAL, incident.peakLevel());
        assertEquals(4, incident.alertCount());
    }

    @Test
    void valuesAreOfTheirOwnSignals() {
        given.alert("10:00", WARN, "83.5", null)
                .alert("10:10", WARN, "97.02", null)
                .alert("10:20", WARN, null, null)
                .ok("10:30", WARN, "31.77", null);
        Incident incident = Folded.of(given).only();
        assertEquals("83.5", incident.openingValue());
        assertEquals("97.02", incident.worstValue());
        assertEquals("31.77", incident.currentValue());
        assertEquals("31.77", incident.recoveryValue());
    }

    @ParameterizedTest(name = "{0} → {1}")
    @MethodSource("directions")
    void theWorstValueFollowsTheExpression(String expression, String worst) {
        given.signal("10:00", alertSaying("10", expression))
                .signal("10:10", alertSaying("9", expression))
                .signal("10:20", alertSaying("high", expression))
                .signal("10:30", alertSaying("1e1", expression));
        assertEquals(worst, Folded.of(given).only().worstValue());
    }

    static Stream<Arguments> directions() {
        return Stream.of(
                Arguments.of("$Average>=9", "10"),
                Arguments.of("$Average ≥ 9", "10"),
                Arguments.of("$Maximum<10000", "9"),
                Arguments.of("$Average<=0.1", "9"),
                Arguments.of("$Average≤0.1", "9"),
                Arguments.of("[{\"expression\":\"$value\\u003e12\"}]", "10"),
                Arguments.of("$Average==9", null),
                Arguments.of("$Average<1 || $Average>9", null),
                Arguments.of(null, null));
    }

    @Test
    void unobservedTimeEndsAtTheNextAlert() {
        given.alert("10:00").noData("10:10").noData("10:20").alert("10:40").ok("11:00");
        Incident incident = Folded.of(given).only();
        assertEquals(Duration.ofMinutes(30), incident.unobserved());
        assertNull(incident.resolution().earliest());
    }

    @Test
    void anOkAfterNoDataLeavesTheEndUncertain() {
        given.alert("10:00").noData("10:10").ok("11:00");
        Incident incident = Folded.of(given).only();
        assertEquals(Duration.ofMinutes(50), incident.unobserved());
        assertEquals(at("10:10"), incident.resolution().earliest());
        assertEquals(at("11:00"), incident.resolvedAt());
    }

    @Test
    void aResolutionByHandAfterNoDataIsCertain() {
        given.alert("10:00").noData("10:10").resolvedByHand("11:00", 1);
        Incident incident = Folded.of(given).only();
        assertEquals(Duration.ofMinutes(50), incident.unobserved());
        assertNull(incident.resolution().earliest());
        assertEquals(ResolvedBy.OPERATOR, incident.resolution().by());
        assertEquals(Signal.INSUFFICIENT_DATA, incident.signal());
    }

    @Test
    void noDataBeforeTheOpeningDoesNotCountEvenWhereItIsDatedBack() {
        given.noData("10:20").alert("10:30", WARN, "1", episode("10:00")).ok("11:00");
        assertEquals(Duration.ZERO, Folded.of(given).only().unobserved());
    }

    @Test
    void displayFieldsAreOfTheLatestAlertAndFreezeAtTheResolution() {
        given.signal("10:00", alertSaying("1", "$Average>1"))
                .signal("10:10", alertSaying("2", "$Average>2"))
                .ok("10:20");
        assertEquals("$Average>2", Folded.of(given).only().display().expression());
    }

    @Test
    void theEpisodeIsThatOfTheFirstEventThatHasOne() {
        given.alert("10:00").alert("10:10", WARN, "1", "not a uuid").alert("10:20", WARN, "1", episode("10:20"));
        assertEquals("not a uuid", Folded.of(given).only().transId());
    }

    @Test
    void aReopenedIncidentForgetsItsResolutionAndKeepsItsAcknowledgement() {
        given.alert("10:00")
                .acknowledged("10:01", 1)
                .ok("11:00", WARN, "3", null)
                .alert("11:05");
        Incident incident = Folded.of(REOPENING, given.events()).only();
        assertTrue(incident.open());
        assertNull(incident.recoveryValue());
        assertEquals(1, incident.reopenCount());
        assertEquals(2, incident.alertCount());
        assertEquals(at("10:01"), incident.attention().acknowledgedAt());
    }

    @Test
    void strayOksBetweenResolutionAndReopeningLieInsideTheIncident() {
        given.alert("10:00").ok("11:00").ok("11:02").alert("11:05");
        Folded folded = Folded.of(REOPENING, given.events());
        assertEquals(1, folded.strays());
        assertTrue(folded.only().spans(given.position(3)));
    }

    @Test
    void theEarliestAcknowledgementThatWasNotTakenBackCounts() {
        given.alert("10:00")
                .acknowledged("10:01", 1)
                .unacknowledged("10:02", 1)
                .acknowledged("10:03", 1)
                .acknowledged("10:04", 1);
        assertEquals(at("10:03"), Folded.of(given).only().attention().acknowledgedAt());
        given.unacknowledged("10:05", 1);
        assertNull(Folded.of(given).only().attention().acknowledgedAt());
    }

    @Test
    void anAcknowledgementAfterTheResolutionCounts() {
        given.alert("10:00").ok("11:00").acknowledged("12:00", 1);
        assertEquals(at("12:00"), Folded.of(given).only().attention().acknowledgedAt());
    }

    @Test
    void peopleFollowTheEventThatTheyNamedWhenALateOkSplitsTheIncident() {
        given.alert("10:00")
                .alert("12:00")
                .acknowledged("12:30", 1)
                .noted("12:31", 2)
                .ok("11:00");
        List<Incident> incidents = Folded.of(given).incidents();
        assertEquals(at("12:30"), incidents.get(0).attention().acknowledgedAt());
        assertEquals(0, incidents.get(0).attention().noteCount());
        assertNull(incidents.get(1).attention().acknowledgedAt());
        assertEquals(1, incidents.get(1).attention().noteCount());
    }

    @Test
    void theStreamRemembersSinceWhenItsSignalIsWhatItIs() {
        given.alert("10:00").alert("10:10").ok("10:20").ok("10:30");
        StreamState state = Folded.of(given).state();
        assertEquals(Signal.OK, state.signal());
        assertEquals(at("10:20"), state.signalSince());
        assertFalse(state.openIncident() != null);
    }

    private static String shown(Incident incident) {
        String end =
                incident.resolvedAt() == null ? "" : time(incident.resolvedAt().toString());
        return time(incident.openedAt().toString()) + (incident.openedBy() == SIGNAL ? "" : "*") + "–" + end;
    }

    private static String time(String instant) {
        String time = instant.substring(11, 19);
        return time.endsWith(":00") ? time.substring(0, 5) : time;
    }

    private static History h() {
        return new History();
    }

    private static Arguments cell(String name, History history, List<Effect> effects, String incidents) {
        return Arguments.of(name, history, Folded.WITHOUT_REOPENING, effects, incidents);
    }

    private static Arguments reopening(String name, History history, List<Effect> effects, String incidents) {
        return Arguments.of(name, history, REOPENING, effects, incidents);
    }
}
