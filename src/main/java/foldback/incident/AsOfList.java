package foldback.incident;

import foldback.ledger.AsOfFold;
import foldback.listing.Condition;
import foldback.listing.Cursor;
import foldback.listing.Portion;
import foldback.listing.Room;
import foldback.listing.Where;
import foldback.problem.Refusal;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/**
 * Lists of incidents as they were recorded by an instant. Streams that have recorded nothing since answer with their stored incidents;
 * the others are folded again from what the log held, and their incidents are filtered and sorted here. However many there are, no more
 * than the rows of the page are held.
 */
@Singleton
public class AsOfList {
    private static final int MOST_REFOLDED = 10_000;

    /** The row of a head is the only one that knows, and is found by its key for each incident, whatever else is asked. */
    static final String UNTOUCHED = "(select h.recorded_at from stream_heads h where h.stream_id = i.stream_id) <= ?";

    /**
     * Heads are called {@code i}, since the conditions on streams speak of {@code i.stream_id}. No index knows when a head was written: it
     * would have to be changed with every signal.
     */
    static final String TOUCHED = """
            select i.stream_id from stream_heads i
            where i.recorded_at > :asOf and %s
            limit :most
            """;

    private final int mostRefolded;
    private final Duration staleAfter;

    @Inject
    AsOfList(IncidentConfig config) {
        this(config, MOST_REFOLDED);
    }

    AsOfList(IncidentConfig config, int mostRefolded) {
        this.mostRefolded = mostRefolded;
        this.staleAfter = config.staleAfter();
    }

    /**
     * What is asked for.
     *
     * @param streamId the stream of which the incidents are; null: of all
     * @param after where the page before ended
     */
    record Question(
            IncidentFilter filter,
            @Nullable UUID streamId,
            Instant asOf,
            Sort sort,
            @Nullable Cursor after,
            Room room) {}

    /**
     * What was found.
     *
     * @param count of all pages, null where it is not asked for
     */
    record Found(Portion<StoredIncident> rows, @Nullable Long count) {}

    /** Demands that an incident's stream has recorded nothing since, so that its stored incidents are as they were. */
    public static Condition untouchedSince(Instant asOf) {
        return Condition.of(UNTOUCHED, asOf);
    }

    /**
     * Adds what streams held that have recorded something since.
     *
     * @param session nothing else is asked of it in this snapshot afterwards: its planner is told to read along keys
     * @param untouched what the other streams answer
     */
    Found join(Session session, Question question, Found untouched) {
        List<UUID> touched = touched(session, question);
        InOrder order = new InOrder(question.sort, question.asOf);
        FirstRows rows = new FirstRows(
                order, question.room, question.after == null ? null : order.of(question.after), untouched.rows);
        long count = refold(session, question, touched, rows);
        return new Found(rows.portion(), untouched.count == null ? null : untouched.count + count);
    }

    /**
     * The first rows behind a place of what those streams held.
     *
     * @param touched streams that have recorded something since
     */
    Portion<StoredIncident> refolded(
            Session session, Question question, List<UUID> touched, InOrder.@Nullable Place after) {
        InOrder order = new InOrder(question.sort, question.asOf);
        FirstRows rows = new FirstRows(order, question.room, after, new Portion<>(List.of(), 0, false));
        refold(session, question, touched, rows);
        return rows.portion();
    }

    /** How many incidents there are. */
    private long refold(Session session, Question question, List<UUID> touched, FirstRows rows) {
        AtomicLong count = new AtomicLong();
        each(session, question.filter, question.asOf, touched, (row, matches) -> {
            if (matches) {
                count.incrementAndGet();
                rows.offer(row);
            }
        });
        return count.get();
    }

    /** Takes an incident that was folded again. */
    @FunctionalInterface
    public interface Taker {
        /**
         * One incident.
         *
         * @param matches whether the filter asks for it
         */
        void take(StoredIncident row, boolean matches);
    }

    /**
     * Folds again what has recorded something since, with all of its incidents, those of one stream in their order and one after the other.
     *
     * @param session nothing else is asked of it in this snapshot afterwards, unless its planner is told so: it reads along keys from here on
     */
    public void each(Session session, IncidentFilter filter, Instant asOf, Taker taker) {
        each(session, filter, asOf, touched(session, filter, null, asOf), taker);
    }

    private void each(Session session, IncidentFilter filter, Instant asOf, List<UUID> touched, Taker taker) {
        session.doWork(connection -> new AsOfFold(connection, asOf).run(touched, (stream, incident) -> {
            StoredIncident row = AsOfRow.of(stream, incident);
            IncidentView view = IncidentView.of(row, asOf, staleAfter);
            taker.take(row, filter.matches(view, () -> stream.notes(incident)));
        }));
    }

    /** The streams that have recorded something since; refuses an instant that has not come, and too many streams. */
    List<UUID> touched(Session session, Question question) {
        return touched(session, question.filter, question.streamId, question.asOf);
    }

    private List<UUID> touched(Session session, IncidentFilter filter, @Nullable UUID streamId, Instant asOf) {
        AsOf.refuseFuture(session, asOf);
        Where where = filter.ofStreams();
        if (streamId != null) {
            where.and(Condition.of("i.stream_id = ?", streamId));
        }
        List<UUID> touched = where.bind(session.createNativeQuery(TOUCHED.formatted(where.sql()), UUID.class))
                .setParameter("asOf", asOf)
                .setParameter("most", mostRefolded + 1)
                .list();
        if (touched.size() > mostRefolded) {
            String message = "should lie later, or userId, ruleId or dimensions name fewer streams: more than "
                    + mostRefolded + " have recorded something since, and no more are folded again";
            throw Refusal.TOO_MUCH_TO_REFOLD
                    .because("The parameter " + AsOf.NAME + " " + message + ".")
                    .blaming(AsOf.NAME, message);
        }
        return touched;
    }
}
