package foldback.report;

import foldback.incident.IncidentConfig;
import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import java.time.Duration;
import java.util.List;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;

/**
 * How long incidents last, a group at a time. The database sums up; the durations of each group then pass by in their order, for what
 * depends on all of them. Rows are held, incidents are not.
 */
@Singleton
class ResolutionTimes {
    private final ReportSnapshot snapshot;
    private final Former former;
    private final Duration staleAfter;

    ResolutionTimes(ReportSnapshot snapshot, Former former, IncidentConfig config) {
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
        Duration target = question.target();
        NativeQuery<Tuple> totals = facts.query(TotalsSql.totals(question.keys(), facts.measuredWithNeighbours()))
                .setParameter("rows", Groups.MOST + 1)
                .setParameter("target", target == null ? -1 : target.toNanos() / 1000);
        Facts.each(totals, groups::add);
        Facts.each(facts.query(TotalsSql.inOrder(facts.measured())), groups::take);
        groups.end();
        return groups;
    }
}
