package foldback.export;

import com.fasterxml.jackson.databind.ObjectMapper;
import foldback.listing.Places;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.hibernate.FlushMode;
import org.hibernate.Session;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestResponse;
import org.postgresql.PGConnection;

/**
 * Answers with every match of a list, row by row as the reader takes them: each export sees one snapshot of the database, has a place among
 * few, and ends in time. One that fails midway breaks the connection instead of ending the answer, so that the half is not taken for a whole.
 */
@Singleton
public class Exports {
    public static final String CSV = "text/csv";
    public static final String NDJSON = "application/x-ndjson";
    public static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private static final Logger LOG = Logger.getLogger(Exports.class);

    /** Each holds a thread and a connection of the pool for minutes: these are the exports', all others are left to the rest. */
    private static final int AT_ONCE = 4;

    private static final int MOST_WAITING = 8;
    private static final int CHUNK = 1 << 16;
    private static final Duration TO_END = Duration.ofMinutes(1);

    private static final String BEGIN = """
            set transaction isolation level repeatable read, read only;
            set local statement_timeout = '%1$dms';
            set local idle_in_transaction_session_timeout = '%1$dms';
            select pg_backend_pid()
            """;

    /** As in ISO 8601, without the colons that file systems do not like. */
    private static final DateTimeFormatter MADE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Places places = new Places(AT_ONCE, MOST_WAITING);
    private final Session session;
    private final DataSource database;
    private final ObjectMapper json;
    private final RoutingContext context;
    private final HttpHeaders headers;
    private final Vertx vertx;
    private final Clock clock;
    private final Duration longest;

    Exports(
            Session session,
            DataSource database,
            ObjectMapper json,
            RoutingContext context,
            HttpHeaders headers,
            Vertx vertx,
            Clock clock,
            ExportConfig config) {
        this.session = session;
        this.database = database;
        this.json = json;
        this.context = context;
        this.headers = headers;
        this.vertx = vertx;
        this.clock = clock;
        this.longest = config.longest();
    }

    /** The page of a list, or the export that the client accepts instead; refuses what is not offered. */
    public Response instead(Supplier<? extends RestResponse<?>> page, Function<Format, Response> export) {
        context.response().putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT);
        return Negotiation.of(headers).map(export).orElseGet(() -> page.get().toResponse());
    }

    /** The answer, of which the rows are read while it is written. */
    public <E> Response answer(Format format, Form<E, ?> form, Rows<E> rows) {
        Response.ResponseBuilder answer = begun(format, form.name(), clock.instant());
        if (!context.request().method().name().equals(HttpMethod.HEAD)) {
            StreamingOutput body = out -> write(out, format, form, rows);
            answer.entity(body);
        }
        return answer.build();
    }

    /**
     * An answer that a browser saves as a file, still without its body.
     *
     * @param made when, a part of the file's name
     */
    public static Response.ResponseBuilder begun(Format format, String name, Instant made) {
        String file = fileName(name, made, format.extension());
        return Response.ok()
                .type(format.contentType())
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + file + "\"");
    }

    /** {@code foldback-incidents-2025-03-31T080000Z.csv}. */
    public static String fileName(String name, Instant made, String extension) {
        return "foldback-%s-%s.%s".formatted(name, MADE.format(made), extension);
    }

    private <E, T> void write(OutputStream out, Format format, Form<E, T> form, Rows<E> rows) {
        Runnable writing = () -> {
            OutputStream chunks = new BufferedOutputStream(out, CHUNK);
            try (WriteBehind<E> writer =
                    new WriteBehind<>(form.onto(format.writer(form.table(), json, chunks)), "export")) {
                rows.read(session, writer);
                writer.end();
                chunks.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
        var unused = places.in(() -> toItsEnd(writing));
    }

    /** Whether it came so far: its reader may go before. */
    private boolean toItsEnd(Runnable writing) {
        try (Watch watch = new Watch(vertx, database, context.request(), longest)) {
            try {
                inSnapshot(watch, writing);
                return true;
            } catch (RuntimeException e) {
                if (!watch.readerHasGone()) {
                    throw e;
                }
                LOG.debugf("The reader of an export has gone: %s", e.getMessage());
                return false;
            }
        }
    }

    private void inSnapshot(Watch watch, Runnable writing) {
        QuarkusTransaction.requiringNew().timeout((int) atMost().toSeconds()).run(() -> {
            session.setDefaultReadOnly(true);
            session.setHibernateFlushMode(FlushMode.MANUAL);
            session.doWork(connection -> begin(connection, watch));
            InBinary.run(session.doReturningWork(connection -> connection.unwrap(PGConnection.class)), writing);
        });
    }

    private Duration atMost() {
        return longest.plus(TO_END);
    }

    private void begin(Connection connection, Watch watch) throws SQLException {
        long millis = atMost().toMillis();
        connection.setNetworkTimeout(Runnable::run, (int) millis);
        try (Statement statement = connection.createStatement()) {
            boolean rows = statement.execute(BEGIN.formatted(millis));
            while (!rows) {
                rows = statement.getMoreResults();
            }
            ResultSet backend = statement.getResultSet();
            backend.next();
            watch.over(backend.getInt(1));
        }
    }
}
