package foldback.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import foldback.incident.AsOfList;
import foldback.incident.IncidentFilter;
import foldback.incident.StoredIncident;
import foldback.listing.Condition;
import foldback.problem.Refusal;
import jakarta.transaction.TransactionScoped;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/**
 * The incidents of streams that have recorded something since an instant, as they were then: folded again, and handed to the database with
 * the question, to be summed up beside those that have not changed. There is one for each transaction, which sees one snapshot: what was
 * folded last is kept for it, since several questions about the same incidents follow one another.
 */
@TransactionScoped
class AsOfIncidents {
    /** About 500 bytes each, twice. */
    private static final int MOST = 50_000;

    /** The scan of the log has told the planner to read along keys, for the rest of the transaction. */
    private static final String PLAN_FREELY = """
            select set_config('enable_seqscan', 'on', true), set_config('enable_bitmapscan', 'on', true),
                set_config('plan_cache_mode', 'force_custom_plan', true)
            """;

    private final AsOfList list;
    private final ObjectMapper json;
    private @Nullable Asked latest;
    private String folded = "";

    AsOfIncidents(AsOfList list, ObjectMapper json) {
        this.list = list;
        this.json = json;
    }

    static Condition untouchedSince(Instant asOf) {
        return AsOfList.untouchedSince(asOf);
    }

    /**
     * The incidents as {@link FactsSql} and {@link NoiseSql} read them.
     *
     * @param beside a window of which all incidents are wanted, those too that the filter does not ask for; null: only those it asks for
     */
    String incidents(
            Session session, List<GroupKey> keys, IncidentFilter filter, Instant asOf, @Nullable Window beside) {
        Asked asked = new Asked(field(keys, 0), field(keys, 1), filter, asOf, beside);
        if (!asked.equals(latest)) {
            // Not held while the next one is made.
            latest = null;
            folded = "";
            folded = fold(session, keys, asked);
            latest = asked;
        }
        return folded;
    }

    /**
     * On what the incidents depend. Of the keys these are the fields: times are the database's business.
     *
     * @param k1 the first field, as it is asked for; null where it is none
     */
    private record Asked(
            @Nullable String k1,
            @Nullable String k2,
            IncidentFilter filter,
            Instant asOf,
            @Nullable Window beside) {}

    private static @Nullable String field(List<GroupKey> keys, int at) {
        return at < keys.size() && keys.get(at).stored() != null ? keys.get(at).word() : null;
    }

    private String fold(Session session, List<GroupKey> keys, Asked asked) {
        Rows rows = new Rows(keys, asked.beside);
        list.each(session, asked.filter, asked.asOf, rows::take);
        rows.end();
        session.createNativeQuery(PLAN_FREELY, Object[].class).getSingleResult();
        try {
            return json.writeValueAsString(rows.all);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A row of {@code former}, under the names of its columns. */
    private record Row(
            @Nullable String k1,
            @Nullable String k2,
            String streamId,
            Instant firstAt,
            Instant openedAt,
            @Nullable Instant resolvedAt,
            @Nullable Instant resolvedEarliest,
            @Nullable Instant acknowledgedAt,
            long unobservedMicros,
            @Nullable Instant unobservedSince,
            @Nullable Instant previousResolvedAt,
            @Nullable Instant nextOpenedAt,
            UUID firstId,
            Instant lastAt,
            UUID lastId,
            @Nullable String resolvedBy,
            int alertCount,
            int reopenCount,
            @Nullable String alertName,
            boolean asked) {}

    /** Incidents come in the order of their streams, and of each: the one that has come waits for the one behind it. */
    private static final class Rows {
        private final List<GroupKey> keys;
        private final @Nullable Window beside;
        private final List<Row> all = new ArrayList<>();
        private @Nullable StoredIncident waiting;
        private boolean asked;
        private @Nullable Instant previousResolvedAt;

        Rows(List<GroupKey> keys, @Nullable Window beside) {
            this.keys = keys;
            this.beside = beside;
        }

        void take(StoredIncident incident, boolean askedFor) {
            StoredIncident before = waiting;
            boolean sameStream = before != null && before.stream.streamId.equals(incident.stream.streamId);
            add(sameStream ? incident.openedAt : null);
            previousResolvedAt = sameStream && before != null ? before.resolvedAt : null;
            waiting = incident;
            asked = askedFor;
        }

        void end() {
            add(null);
        }

        private void add(@Nullable Instant nextOpenedAt) {
            StoredIncident incident = waiting;
            if (incident == null || !(asked || isBeside(incident))) {
                return;
            }
            if (all.size() == MOST) {
                throw Refusal.TOO_MUCH_TO_REFOLD
                        .because("More than " + MOST + " incidents would have to be folded again.")
                        .blaming("asOf", "should lie later, or the filters name fewer incidents");
            }
            all.add(row(incident, nextOpenedAt));
        }

        private boolean isBeside(StoredIncident incident) {
            Instant end = incident.resolvedAt;
            return beside != null
                    && incident.openedAt.isBefore(beside.until())
                    && (end == null || !end.isBefore(beside.since()));
        }

        private Row row(StoredIncident incident, @Nullable Instant nextOpenedAt) {
            return new Row(
                    key(incident, 0),
                    key(incident, 1),
                    incident.stream.streamId.toString(),
                    incident.firstAt,
                    incident.openedAt,
                    incident.resolvedAt,
                    incident.resolvedEarliest,
                    incident.acknowledgedAt,
                    incident.unobservedMicros,
                    incident.unobservedSince,
                    previousResolvedAt,
                    nextOpenedAt,
                    incident.firstId,
                    incident.lastAt,
                    incident.lastId,
                    incident.resolvedBy,
                    incident.alertCount,
                    incident.reopenCount,
                    incident.alertName,
                    asked);
        }

        private @Nullable String key(StoredIncident incident, int at) {
            return at < keys.size() ? keys.get(at).value().apply(incident) : null;
        }
    }
}
