package foldback.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import foldback.incident.IncidentConfig;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import org.hibernate.Session;

/** Which rules call people for nothing: a row a rule, of its incidents and of the signals that it sent. The database sums up. */
@Singleton
class Noise {
    private static final List<String> BY_RULE = List.of("ruleId");

    private final ReportSnapshot snapshot;
    private final AsOfIncidents former;
    private final Duration staleAfter;
    private final ObjectMapper json;

    Noise(ReportSnapshot snapshot, AsOfIncidents former, IncidentConfig config, ObjectMapper json) {
        this.snapshot = snapshot;
        this.former = former;
        this.staleAfter = config.staleAfter();
        this.json = json;
    }

    NoiseReport ask(Question question) {
        return snapshot.ask(question, session -> report(session, question));
    }

    private NoiseReport report(Session session, Question question) {
        NoiseFacts facts = NoiseFacts.of(session, question, staleAfter, former);
        Rules rules = new Rules();
        Facts.each(facts.incidents(), rules::addIncidents);
        Facts.each(facts.signals(), rules::addSignals);
        Facts.each(facts.recoveries(), rules::addRecoveries);
        List<NoiseRow> rows = rules.rows();
        Report.Header header = Report.Header.of(
                question,
                BY_RULE,
                ReportSnapshot.foldVersion(session),
                rows.stream().mapToLong(NoiseRow::incidents).sum(),
                rows.stream().mapToLong(NoiseRow::neverResolved).sum(),
                rows.size(),
                ReportFile.lines(rows, json));
        return new NoiseReport(header, Definitions.ofNoise(), rows);
    }
}
