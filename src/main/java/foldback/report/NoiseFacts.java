package foldback.report;

import foldback.incident.IncidentFilter;
import foldback.listing.Where;
import jakarta.persistence.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;
import org.jspecify.annotations.Nullable;

/** The incidents that overlap the window of a question, and the signals of their streams, in one snapshot, to be asked in SQL. */
final class NoiseFacts {
    private final Session session;
    private final Question question;
    private final Duration staleAfter;
    private final Where where;
    private final Where ofStreams;
    private final String streams;
    private final @Nullable String former;

    private NoiseFacts(
            Session session, Question question, Duration staleAfter, IncidentFilter filter, @Nullable String former) {
        this.session = session;
        this.question = question;
        this.staleAfter = staleAfter;
        this.former = former;
        this.where = filter.where();
        Instant asOf = question.asOf();
        if (asOf != null) {
            where.and(AsOfIncidents.untouchedSince(asOf));
        }
        boolean streamsOnly = filter.looksAtStreamsOnly();
        this.ofStreams = streamsOnly ? filter.ofStreams() : where;
        this.streams =
                streamsOnly ? NoiseSql.streams(ofStreams.sql()) : NoiseSql.streamsOf(ofStreams.sql(), former != null);
    }

    static NoiseFacts of(Session session, Question question, Duration staleAfter, AsOfIncidents former) {
        Question wider = question.overlapping();
        IncidentFilter filter = wider.incidents(wider.window(), staleAfter);
        Instant asOf = question.asOf();
        String refolded = asOf == null ? null : former.incidents(session, List.of(), filter, asOf, question.window());
        return new NoiseFacts(session, question, staleAfter, filter, refolded);
    }

    /** A row a rule, of its incidents. */
    NativeQuery<Tuple> incidents() {
        return query(NoiseSql.incidents(question.cohort(), where.sql(), former != null), where);
    }

    /** A row a rule, of its signals in the window. */
    NativeQuery<Tuple> signals() {
        return query(NoiseSql.signals(streams), ofStreams);
    }

    /** A row a rule: how many of its OKs in the window resolved something. */
    NativeQuery<Tuple> recoveries() {
        return query(NoiseSql.recoveries(streams, former != null), ofStreams);
    }

    private NativeQuery<Tuple> query(String sql, Where conditions) {
        NativeQuery<Tuple> query = conditions.bind(session.createNativeQuery(sql, Tuple.class));
        Facts.bind(query, "now", question.now());
        Facts.bind(query, "silent", question.now().minus(staleAfter));
        Facts.bind(query, "since", question.window().since());
        Facts.bind(query, "until", question.window().until());
        Facts.bind(query, "known", question.known());
        Facts.bind(query, "rows", Rules.MOST + 1);
        if (former != null) {
            Facts.bind(query, "former", former);
        }
        return query;
    }
}
