package foldback.incident;

import foldback.incident.AsOfList.Found;
import foldback.listing.Condition;
import foldback.listing.Cursor;
import foldback.listing.Page;
import foldback.listing.Parameters;
import foldback.listing.Portion;
import foldback.listing.Room;
import foldback.listing.Selection;
import foldback.listing.Snapshot;
import foldback.listing.WeighedRows;
import foldback.listing.Where;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** Answers lists of incidents, page by page along a key and the id, so that a later page costs what the first did. */
@Singleton
public class IncidentList {
    private static final WeighedRows<StoredIncident> INCIDENTS =
            new WeighedRows<>(StoredIncident.class, "i", StoredIncident.WEIGHT);

    private static final String LIST = "select i.* from incidents i where %s";
    private static final String COUNT = "select count(*) from incidents i where %s";

    private final Snapshot snapshot;
    private final Clock clock;
    private final Duration staleAfter;
    private final AsOfList former;
    private final int mostStreams;

    @Inject
    IncidentList(Snapshot snapshot, Clock clock, IncidentConfig config, AsOfList former) {
        this(snapshot, clock, config, former, ByStreams.MOST_STREAMS);
    }

    /** @param mostStreams of how many incidents are read by way of these */
    IncidentList(Snapshot snapshot, Clock clock, IncidentConfig config, AsOfList former, int mostStreams) {
        this.mostStreams = mostStreams;
        this.snapshot = snapshot;
        this.clock = clock;
        this.staleAfter = config.staleAfter();
        this.former = former;
    }

    /** One list, at one place. */
    private record Question(
            Where where,
            Optional<ByStreams> byStreams,
            Sort sort,
            Instant asked,
            @Nullable Cursor after) {}

    /**
     * The page that the parameters ask for.
     *
     * @param streamId the stream of which the incidents are; null: of all
     */
    public Page<IncidentView> page(Parameters parameters, @Nullable UUID streamId) {
        return page(parameters, streamId, clock.instant());
    }

    /**
     * The same at an instant that the caller has taken from the clock, in whole microseconds.
     *
     * @param present what is now, unless {@code asOf} says otherwise
     */
    public Page<IncidentView> page(Parameters parameters, @Nullable UUID streamId, Instant present) {
        Instant asOf = parameters.instant(AsOf.NAME);
        Instant now = asOf == null ? present : asOf;
        Sort sort = Sort.of(parameters);
        Room room = Room.ofPage(parameters.limit(Parameters.DEFAULT_LIMIT));
        boolean counting = parameters.counting();
        String list = "incidents of " + streamId + " " + parameters.list();
        Cursor after = parameters.cursor(list, sort::readable).orElse(null);
        Instant asked = after == null ? now : after.asked();
        IncidentFilter filter = IncidentFilter.of(parameters, asked, staleAfter);
        Optional<ByStreams> byStreams =
                streamId == null && asOf == null ? filter.byStreams(sort.by()) : Optional.empty();
        Question question = new Question(stored(filter, streamId, asOf), byStreams, sort, asked, after);
        Where where = question.where;
        return snapshot.ask(session -> {
            Found stored = new Found(rows(session, question, room), counting ? where.count(session, COUNT) : null);
            Found found = asOf == null
                    ? stored
                    : former.join(session, new AsOfList.Question(filter, streamId, asOf, sort, after, room), stored);
            return Page.of(
                            found.rows(),
                            last -> new Cursor(asked, sort.key(last, asked), last.id).text(list),
                            found.count())
                    .map(incident -> IncidentView.of(incident, now, staleAfter), IncidentView.Lasting::of);
        });
    }

    /**
     * All that the parameters ask for, in parts that follow each other: what has no key comes last. As of an instant without what streams
     * held that have recorded something since.
     */
    List<Selection> all(Parameters parameters, @Nullable UUID streamId, Instant asked) {
        Sort sort = Sort.of(parameters);
        IncidentFilter filter = IncidentFilter.of(parameters, asked, staleAfter);
        Where where = stored(filter, streamId, parameters.instant(AsOf.NAME));
        Question question = new Question(where, Optional.empty(), sort, asked, null);
        return sort.by().nullable ? List.of(withKey(question), withoutKey(question)) : List.of(withKey(question));
    }

    private static Where stored(IncidentFilter filter, @Nullable UUID streamId, @Nullable Instant asOf) {
        Where where = filter.where();
        if (streamId != null) {
            where.and(Condition.of("i.stream_id = ?", streamId));
        }
        if (asOf != null) {
            where.and(AsOfList.untouchedSince(asOf));
        }
        return where;
    }

    private Portion<StoredIncident> rows(Session session, Question question, Room room) {
        Cursor after = question.after;
        Portion<StoredIncident> rows = after == null || after.key() != null
                ? readWithKey(session, question, room)
                : new Portion<>(List.of(), 0, false);
        return rows.more() || !question.sort.by().nullable
                ? rows
                : rows.and(read(session, withoutKey(question), room.after(rows)));
    }

    private Portion<StoredIncident> readWithKey(Session session, Question question, Room room) {
        Where behind = behind(question, new Where());
        return question.byStreams
                .map(streams -> streams.find(session, INCIDENTS, mostStreams, behind, order(question), room))
                .orElseGet(() -> read(session, withKey(question), room));
    }

    private static Portion<StoredIncident> read(Session session, Selection selection, Room room) {
        Where where = selection.where();
        return INCIDENTS.read(session, LIST.formatted(where.sql()), where, selection.order(), room);
    }

    /** Descending by a key is backwards through its index, which must hold the id as well. */
    private static Selection withKey(Question question) {
        return new Selection(behind(question, question.where), order(question));
    }

    private static String order(Question question) {
        return "%s %s, i.id %2$s".formatted(question.sort.by().sql, direction(question));
    }

    /** Further conditions: that there is a key, behind that of the page before. */
    private static Where behind(Question question, Where conditions) {
        Sort.By by = question.sort.by();
        Where where = conditions.copy();
        if (by == Sort.By.DURATION) {
            where.with("asked", question.asked.toString());
        }
        if (by.nullable) {
            where.and(Condition.of(by.sql + " is not null"));
        }
        Cursor after = question.after;
        if (after != null && after.key() != null) {
            String behind = "(%s, i.id) %s (cast(? as %s), ?)".formatted(by.sql, comparison(question), by.type);
            where.and(Condition.of(behind, after.key(), after.id()));
        }
        return where;
    }

    /** What has no key comes behind all that has one, by its id. */
    private static Selection withoutKey(Question question) {
        Where where = question.where.copy().and(Condition.of(question.sort.by().sql + " is null"));
        Cursor after = question.after;
        if (after != null && after.key() == null) {
            where.and(Condition.of("i.id " + comparison(question) + " ?", after.id()));
        }
        return new Selection(where, "i.id " + direction(question));
    }

    private static String direction(Question question) {
        return question.sort.descending() ? "desc" : "asc";
    }

    private static String comparison(Question question) {
        return question.sort.descending() ? "<" : ">";
    }
}
