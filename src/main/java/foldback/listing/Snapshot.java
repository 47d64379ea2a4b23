package foldback.listing;

import foldback.problem.ProblemException;
import foldback.problem.Refusal;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.hibernate.Session;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Asks the database: several questions of one request see the same state, none can write, none lasts for ever. */
@Singleton
public class Snapshot {
    private static final Logger LOG = Logger.getLogger(Snapshot.class);

    /** In one message, so that it costs one way to the database and back. */
    private static final String BEGIN = """
            set transaction isolation level repeatable read, read only;
            set local statement_timeout = '20s'
            """;

    /** Classes of SQLSTATE: no connection, no room, stopped from outside or by the timeout. */
    private static final Set<String> AWAY = Set.of("08", "53", "57");

    /** Half of the pool: however many questions there are, callbacks find a connection. */
    private static final int AT_ONCE = 10;

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Semaphore places = new Semaphore(AT_ONCE, true);
    private final Session session;

    Snapshot(Session session) {
        this.session = session;
    }

    public <T> T ask(Function<Session, T> question) {
        takePlace();
        try {
            return QuarkusTransaction.requiringNew().call(() -> {
                session.setDefaultReadOnly(true);
                session.doWork(Snapshot::begin);
                return question.apply(session);
            });
        } catch (RuntimeException e) {
            if (!isAway(e)) {
                throw e;
            }
            LOG.warnf("The database did not answer a question: %s", e.getMessage());
            throw unavailable("The database does not answer this now.");
        } finally {
            places.release();
        }
    }

    private void takePlace() {
        try {
            if (!places.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw unavailable("More is asked than can be answered now.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("The service stops.");
        }
    }

    private static ProblemException unavailable(String detail) {
        return Refusal.UNAVAILABLE.because(detail).withHeader(HttpHeaders.RETRY_AFTER, "2");
    }

    private static boolean isAway(@Nullable Throwable failure) {
        if (failure instanceof SQLException e) {
            String state = e.getSQLState();
            // The pool knows no states: it has no connection to give.
            return state == null || (state.length() == 5 && AWAY.contains(state.substring(0, 2)));
        }
        return failure != null && isAway(failure.getCause());
    }

    private static void begin(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(BEGIN);
        }
    }
}
