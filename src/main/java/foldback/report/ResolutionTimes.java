package foldback.report;

import foldback.incident.IncidentConfig;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import org.hibernate.Session;

/**
 * How long incidents last, a group at a time. The database sums up; the durations of each group pass by in their order, for what
 * depends on all of them. Rows are held, incidents are not.
 */
@Singleton
class ResolutionTimes {
    private final ReportSnapshot snapshot;
    private final AsOfIncidents former;
    private final Duration staleAfter;

    ResolutionTimes(ReportSnapshot snapshot, AsOfIncidents former, IncidentConfig config) {
        this.snapshot = snapshot;
        this.former = former;
        this.staleAfter = config.staleAfter();
    }

    /**
     * What was found.
     *
     * @param foldVersion what the incidents were folded with
     */
    record Found(List<ReportRow> rows, int foldVersion) {}

    Found ask(Question question) {
        return snapshot.ask(question, session -> found(session, question));
    }

    /** The same in a snapshot that more is asked of. */
    Found found(Session session, Question question) {
        Groups groups = groups(session, question, question.window());
        Groups before = question.compared()
                ? groups(session, question, question.window().previous())
                : null;
        return new Found(groups.rows(before), ReportSnapshot.foldVersion(session));
    }

    private Groups groups(Session session, Question question, Window window) {
        Facts facts = Facts.of(session, question, window, staleAfter, former);
        Groups groups = new Groups(question, window);
        Facts.each(facts.query(TotalsSql.groups(question.keys(), facts.measuredWithNeighbours())), groups::take);
        groups.end();
        return groups;
    }
}
