package foldback.report;

import foldback.incident.IncidentConfig;
import foldback.listing.Parameters;
import foldback.listing.Places;
import foldback.listing.Snapshot;
import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.hibernate.ScrollMode;
import org.hibernate.ScrollableResults;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;

/**
 * How long incidents last, a group at a time. The database sums up; the durations of each group then pass by in their order, for what
 * depends on all of them. Rows are held, incidents are not.
 */
@Singleton
class ResolutionTimes {
    /** Rows of the database in memory. */
    private static final int AT_ONCE = 1000;

    /** A report keeps the database busy for seconds: most questions are left to the rest. */
    private static final int REPORTS_AT_ONCE = 2;

    private static final int MOST_WAITING = 8;

    private static final String ZONE = "select count(*) from pg_timezone_names where name = :tz";
    private static final String FOLD_VERSION = "select max(version) from fold_versions";

    private final Places places = new Places(REPORTS_AT_ONCE, MOST_WAITING);
    private final Snapshot snapshot;
    private final Former former;
    private final Duration staleAfter;

    ResolutionTimes(Snapshot snapshot, Former former, IncidentConfig config) {
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
        return places.in(() -> snapshot.ask(session -> {
            refuseUnknownZone(session, question.tz());
            Groups groups = groups(session, question, question.window());
            Groups before = question.compared()
                    ? groups(session, question, question.window().previous())
                    : null;
            List<ReportRow> rows = groups.rows(before);
            Integer version =
                    session.createNativeQuery(FOLD_VERSION, Integer.class).getSingleResult();
            return new Found(rows, version == null ? 0 : version);
        }));
    }

    /** Java may know a zone that the database does not. */
    private static void refuseUnknownZone(Session session, String tz) {
        if (!tz.equals("UTC")
                && session.createNativeQuery(ZONE, Long.class)
                                .setParameter("tz", tz)
                                .getSingleResult()
                        == 0) {
            throw Parameters.refused("tz", "is a zone that the database does not know");
        }
    }

    private Groups groups(Session session, Question question, Window window) {
        Facts facts = Facts.of(session, question, window, staleAfter, former);
        Groups groups = new Groups(question, window);
        Duration target = question.target();
        NativeQuery<Tuple> totals = facts.query(TotalsSql.totals(question.keys(), facts.measured(true)))
                .setParameter("rows", Groups.MOST + 1)
                .setParameter("target", target == null ? -1 : target.toNanos() / 1000);
        each(totals, groups::add);
        each(facts.query(TotalsSql.inOrder(facts.measured(false))), groups::take);
        groups.end();
        return groups;
    }

    private static void each(NativeQuery<Tuple> query, Consumer<Tuple> taker) {
        try (ScrollableResults<Tuple> rows = query.setFetchSize(AT_ONCE).scroll(ScrollMode.FORWARD_ONLY)) {
            while (rows.next()) {
                taker.accept(rows.get());
            }
        }
    }
}
