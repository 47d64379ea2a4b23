package foldback.incident;

import foldback.listing.Condition;
import foldback.listing.Cursor;
import foldback.listing.Page;
import foldback.listing.Parameters;
import foldback.listing.Snapshot;
import foldback.listing.Where;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;
import org.hibernate.query.CommonQueryContract;
import org.jspecify.annotations.Nullable;

/** Answers lists of incidents, page by page along a key and the id, so that a later page costs what the first did. */
@Singleton
public class IncidentList {
    /** Descending by a key is backwards through its index, which must hold the id as well. */
    private static final String WITH_KEY = """
            select i.* from incidents i
            where %s
            order by %s %s, i.id %s
            limit :rows
            """;

    private static final String WITHOUT_KEY = """
            select i.* from incidents i
            where %s
            order by i.id %s
            limit :rows
            """;

    private static final String COUNT = "select count(*) from incidents i where %s";

    private final Snapshot snapshot;
    private final Clock clock;
    private final Duration staleAfter;

    IncidentList(Snapshot snapshot, Clock clock, IncidentConfig config) {
        this.snapshot = snapshot;
        this.clock = clock;
        this.staleAfter = config.staleAfter();
    }

    /** One list, at one place. */
    private record Question(
            Where where, Sort sort, Instant asked, @Nullable Cursor after, int rows) {}

    /**
     * The page that the parameters ask for.
     *
     * @param streamId the stream of which the incidents are; null: of all
     */
    public Page<IncidentView> page(Parameters parameters, @Nullable UUID streamId) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Sort sort = Sort.of(parameters);
        int limit = parameters.limit(Parameters.DEFAULT_LIMIT);
        boolean counting = parameters.counting();
        String list = "incidents of " + streamId + " " + parameters.list();
        Cursor after = parameters.cursor(list, sort::readable).orElse(null);
        Instant asked = after == null ? now : after.asked();
        Where where = IncidentFilter.of(parameters, asked, staleAfter);
        if (streamId != null) {
            where.and(Condition.of("i.stream_id = ?", streamId));
        }
        Question question = new Question(where, sort, asked, after, limit + 1);
        return snapshot.ask(session -> Page.of(
                        rows(session, question),
                        limit,
                        last -> new Cursor(asked, sort.key(last, asked), last.id).text(list),
                        counting ? where.count(session, COUNT) : null)
                .map(incident -> IncidentView.of(incident, now, staleAfter)));
    }

    private static List<StoredIncident> rows(Session session, Question question) {
        Sort.By by = question.sort.by();
        Cursor after = question.after;
        List<StoredIncident> rows = new ArrayList<>();
        if (after == null || after.key() != null) {
            rows.addAll(withKey(session, question));
        }
        if (by.nullable && rows.size() < question.rows) {
            rows.addAll(withoutKey(session, question, question.rows - rows.size()));
        }
        return rows;
    }

    private static List<StoredIncident> withKey(Session session, Question question) {
        Sort.By by = question.sort.by();
        Where where = question.where.copy();
        if (by.nullable) {
            where.and(Condition.of(by.sql + " is not null"));
        }
        Cursor after = question.after;
        if (after != null && after.key() != null) {
            String behind = "(%s, i.id) %s (cast(? as %s), ?)".formatted(by.sql, comparison(question), by.type);
            where.and(Condition.of(behind, after.key(), after.id()));
        }
        String sql = WITH_KEY.formatted(where.sql(), by.sql, direction(question), direction(question));
        var query = where.bind(session.createNativeQuery(sql, StoredIncident.class));
        bindAsked(query, sql, question.asked);
        return query.setParameter("rows", question.rows).list();
    }

    /** What has no key comes behind all that has one, by its id. */
    private static List<StoredIncident> withoutKey(Session session, Question question, int rows) {
        Where where = question.where.copy().and(Condition.of(question.sort.by().sql + " is null"));
        Cursor after = question.after;
        if (after != null && after.key() == null) {
            where.and(Condition.of("i.id " + comparison(question) + " ?", after.id()));
        }
        String sql = WITHOUT_KEY.formatted(where.sql(), direction(question));
        return where.bind(session.createNativeQuery(sql, StoredIncident.class))
                .setParameter("rows", rows)
                .list();
    }

    private static void bindAsked(CommonQueryContract query, String sql, Instant asked) {
        if (sql.contains(":asked")) {
            query.setParameter("asked", asked.toString());
        }
    }

    private static String direction(Question question) {
        return question.sort.descending() ? "desc" : "asc";
    }

    private static String comparison(Question question) {
        return question.sort.descending() ? "<" : ">";
    }
}
