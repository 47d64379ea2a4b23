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
    private final AsOfIncidents former;
    private final Duration staleAfter;
    private final ObjectMapper json;

    Distributions(ReportSnapshot snapshot, AsOfIncidents former, IncidentConfig config, ObjectMapper json) {
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
        Taken taken = new Taken();
        Facts.each(facts.query(TotalsSql.groups(question.keys(), facts.measured())), taken::take);
        List<Distribution.Bucket> full = taken.buckets.end();
        List<Distribution.Point> points = taken.curve.points();
        Distribution.Header header = new Distribution.Header(
                question.window().since(),
                question.window().until(),
                question.cohort().word(),
                question.tz(),
                question.filter(),
                question.asOf(),
                ReportSnapshot.foldVersion(session),
                taken.incidents,
                taken.open,
                taken.curve.steps(),
                HexFormat.of().formatHex(Sha256.of(lines(full), lines(points))));
        return new Distribution(header, Definitions.ofDistribution(), full, points);
    }

    /** What the durations have told so far. */
    private static final class Taken {
        private final Buckets buckets = new Buckets();
        private Curve curve = new Curve(0);
        private long incidents;
        private long open;

        /** How many there are comes first. */
        void take(Tuple row) {
            if (row.get("micros") == null) {
                open = row.get("open", Long.class);
                incidents = open + row.get("certain", Long.class) + row.get("uncertain", Long.class);
                curve = new Curve(incidents);
                return;
            }
            Passing passing = Passing.of(row);
            if (passing.ended() + passing.open() > 0) {
                buckets.take(passing.micros(), passing.ended(), passing.open());
                curve.take(passing.micros(), passing.ended(), passing.open());
            }
        }
    }

    private byte[] lines(List<? extends Record> rows) {
        return ReportFile.lines(rows, json);
    }
}
