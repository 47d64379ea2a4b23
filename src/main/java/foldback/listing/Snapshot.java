package foldback.listing;

import foldback.database.SqlFailure;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.Function;
import org.hibernate.FlushMode;
import org.hibernate.Session;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Asks the database: several questions of one request see the same state, none can write, none lasts for ever. */
@Singleton
public class Snapshot {
    private static final Logger LOG = Logger.getLogger(Snapshot.class);

    /**
     * In one message, so that it costs one way to the database and back. Plans are made for the values that are asked for: one for any
     * value would read all incidents for a rule that has three.
     */
    private static final String BEGIN = """
            set transaction isolation level repeatable read, read only;
            set local statement_timeout = '%ds';
            set local plan_cache_mode = force_custom_plan
            """;

    /** What is enough for a page of a list. */
    public static final Limits ORDINARY = new Limits(Duration.ofSeconds(20), Duration.ofSeconds(60));

    /** What the database needs to say that it has stopped. */
    private static final Duration TO_CANCEL = Duration.ofSeconds(5);

    /** A part of the pool: however many questions there are, callbacks find a connection. */
    private static final int AT_ONCE = 10;

    private static final int MOST_WAITING = 100;

    private final Places places = new Places(AT_ONCE, MOST_WAITING);
    private final Session session;

    Snapshot(Session session) {
        this.session = session;
    }

    /**
     * How long a question may take.
     *
     * @param statement each time that the database is asked
     * @param whole all of it
     */
    public record Limits(Duration statement, Duration whole) {}

    public <T> T ask(Function<Session, T> question) {
        return ask(ORDINARY, question);
    }

    /** The same of a question that takes longer than others. */
    public <T> T ask(Limits limits, Function<Session, T> question) {
        return places.in(() -> answer(limits, question));
    }

    /**
     * The same for a thread of the service's own, which does not wait behind people's questions. There are few of these, each with a
     * connection at a time, for which the pool has room.
     */
    public <T> T askAside(Function<Session, T> question) {
        return answer(ORDINARY, question);
    }

    private <T> T answer(Limits limits, Function<Session, T> question) {
        int seconds = (int) limits.whole.toSeconds();
        try {
            return QuarkusTransaction.requiringNew().timeout(seconds).call(() -> {
                session.setDefaultReadOnly(true);
                // Nothing is to be flushed, and to look for it before each query forgets which rows wait to be
                // read in one go.
                session.setHibernateFlushMode(FlushMode.MANUAL);
                session.doWork(connection -> begin(connection, limits));
                return question.apply(session);
            });
        } catch (RuntimeException e) {
            if (!passes(e)) {
                throw e;
            }
            LOG.warnf("The database did not answer a question: %s", e.getMessage());
            throw Places.unavailable("The database does not answer this now.");
        }
    }

    private static boolean passes(@Nullable Throwable failure) {
        if (failure instanceof SQLException e) {
            return SqlFailure.of(e).passes();
        }
        return failure != null && passes(failure.getCause());
    }

    private static void begin(Connection connection, Limits limits) throws SQLException {
        connection.setNetworkTimeout(
                Runnable::run, (int) limits.statement.plus(TO_CANCEL).toMillis());
        try (Statement statement = connection.createStatement()) {
            statement.execute(BEGIN.formatted(limits.statement.toSeconds()));
        }
    }
}
