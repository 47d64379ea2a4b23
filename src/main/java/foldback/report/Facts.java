package foldback.report;

import foldback.incident.IncidentFilter;
import foldback.listing.Where;
import jakarta.persistence.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.hibernate.ScrollMode;
import org.hibernate.ScrollableResults;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;
import org.jspecify.annotations.Nullable;

/** The incidents of one window of a question, in one snapshot, to be asked in SQL. */
final class Facts {
    /** Rows of the database in memory. */
    private static final int AT_ONCE = 1000;

    private final Session session;
    private final Question question;
    private final Window window;
    private final Where where;
    private final @Nullable String former;

    private Facts(Session session, Question question, Window window, Where where, @Nullable String former) {
        this.session = session;
        this.question = question;
        this.window = window;
        this.where = where;
        this.former = former;
    }

    static Facts of(Session session, Question question, Window window, Duration staleAfter, AsOfIncidents former) {
        IncidentFilter filter = question.incidents(window, staleAfter);
        Where where = filter.where();
        Instant asOf = question.asOf();
        if (asOf == null) {
            return new Facts(session, question, window, where, null);
        }
        where.and(AsOfIncidents.untouchedSince(asOf));
        String incidents = former.incidents(session, question.keys(), filter, asOf, null);
        return new Facts(session, question, window, where, incidents);
    }

    /** The incidents as {@link FactsSql} measures them. */
    String measured() {
        return measured(NeighbourSearch.NONE);
    }

    /** The same with those before and after them. */
    String measuredWithNeighbours() {
        return measured(NeighbourSearch.of(session, where));
    }

    private String measured(NeighbourSearch neighbours) {
        return FactsSql.measured(question.keys(), question.cohort(), where.sql(), neighbours, former != null);
    }

    /** A query over them. */
    NativeQuery<Tuple> query(String sql) {
        NativeQuery<Tuple> query = where.bind(session.createNativeQuery(sql, Tuple.class));
        bind(query, "now", question.now());
        bind(query, "since", window.since());
        bind(query, "until", window.until());
        bind(query, "tz", DatabaseZone.of(question.tz()));
        bind(query, "known", question.known());
        for (int at = 0; at < question.keys().size(); at++) {
            String entry = question.keys().get(at).entry();
            bind(query, "key" + at, entry == null ? "" : entry);
        }
        if (former != null) {
            bind(query, "former", former);
        }
        return query;
    }

    /** Hands on one row after the other, however many there are. */
    static void each(NativeQuery<Tuple> query, Consumer<Tuple> taker) {
        try (ScrollableResults<Tuple> rows = query.setFetchSize(AT_ONCE).scroll(ScrollMode.FORWARD_ONLY)) {
            while (rows.next()) {
                taker.accept(rows.get());
            }
        }
    }

    /** Which of the parameters there are depends on the keys and the cohort. */
    static void bind(NativeQuery<?> query, String name, Object value) {
        if (query.getParameterMetadata().getNamedParameterNames().contains(name)) {
            query.setParameter(name, value);
        }
    }
}
