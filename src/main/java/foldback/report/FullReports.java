package foldback.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import foldback.problem.ProblemException;
import jakarta.inject.Singleton;
import java.util.List;
import org.hibernate.Session;

/** Reports beside all that can be drawn of their incidents. Each is of one snapshot. */
@Singleton
public class FullReports {
    private final ReportSnapshot snapshot;
    private final ResolutionTimes times;
    private final Distributions distributions;
    private final ObjectMapper json;

    FullReports(ReportSnapshot snapshot, ResolutionTimes times, Distributions distributions, ObjectMapper json) {
        this.snapshot = snapshot;
        this.times = times;
        this.distributions = distributions;
        this.json = json;
    }

    /**
     * What the reports of the API say, each to the same question.
     *
     * @param span of which there is a row each, as {@code groupBy} names it: {@code day}, {@code week} or {@code month}
     * @throws ProblemException with 400 for more rows than a report may have; with 422 where too much would have to be folded again; with 503
     *     where the database does not answer, or is asked for too much at once
     */
    public FullReport ask(Question question, String span) {
        return snapshot.ask(question, session -> full(session, question, span));
    }

    private FullReport full(Session session, Question question, String span) {
        // In this order, what was folded again for one of them is at hand for the next.
        ResolutionTimes.Found found = times.found(session, question);
        Distribution distribution = distributions.found(session, question);
        List<ReportRow> spans = rows(session, question.groupedBy(span), question, found);
        ReportRow total = rows(session, question.ungrouped(), question, found).get(0);
        return new FullReport(Report.of(question, found, json), total, spans, distribution);
    }

    /** What is asked by the keys of the report is what it has found already: a pass over all incidents less. */
    private List<ReportRow> rows(Session session, Question question, Question reported, ResolutionTimes.Found found) {
        return question.words().equals(reported.words())
                ? found.rows()
                : times.found(session, question).rows();
    }
}
