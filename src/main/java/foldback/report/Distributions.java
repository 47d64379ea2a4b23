package foldback.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import foldback.incident.IncidentConfig;
import foldback.ledger.Sha256;
import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.hibernate.Session;

/** How the durations of incidents are distributed. They pass by in their order: what is held does not grow with them. */
@Singleton
class Distributions {
    private final ReportSnapshot snapshot;
    private final Former former;
    private final Duration staleAfter;
    private final ObjectMapper json;

    Distributions(ReportSnapshot snapshot, Former former, IncidentConfig config, ObjectMapper json) {
        this.snapshot = snapshot;
        this.former = former;
        this.staleAfter = config.staleAfter();
        this.json = json;
    }

    /** Of all incidents of the question's window together, whatever it groups by. */
    Distribution ask(Question question) {
        return snapshot.ask(question, session -> found(session, question));
    }

    /** The same in a snapshot that more is asked of. */
    Distribution found(Session session, Question asked) {
        Question question = asked.ungrouped();
        Facts facts = Facts.of(session, question, question.window(), staleAfter, former);
        Tuple counts = facts.query(TotalsSql.counts(facts.measured())).getSingleResult();
        long incidents = counts.get("incidents", Long.class);
        long open = incidents - counts.get("resolved", Long.class);
        Buckets buckets = new Buckets();
        Curve curve = new Curve(incidents);
        Facts.each(facts.query(TotalsSql.lastingInOrder(facts.measured())), row -> {
            Passing passing = Passing.of(row);
            buckets.take(passing.micros(), passing.ended(), passing.open());
            curve.take(passing.micros(), passing.ended(), passing.open());
        });
        List<Distribution.Bucket> full = buckets.end();
        List<Distribution.Point> points = curve.points();
        Distribution.Header header = new Distribution.Header(
                question.window().since(),
                question.window().until(),
                question.cohort().word(),
                question.tz(),
                question.filter(),
                question.asOf(),
                ReportSnapshot.foldVersion(session),
                incidents,
                open,
                curve.steps(),
                HexFormat.of().formatHex(Sha256.of(lines(full), lines(points))));
        return new Distribution(header, Definitions.ofDistribution(), full, points);
    }

    private byte[] lines(List<? extends Record> rows) {
        return ReportFile.lines(rows, json);
    }
}
