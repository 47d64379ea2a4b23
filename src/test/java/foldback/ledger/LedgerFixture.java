package foldback.ledger;

import foldback.database.Together;
import foldback.fold.Event;
import foldback.fold.EventIds;
import foldback.fold.FoldPolicy;
import foldback.fold.Incident;
import foldback.fold.Said;
import foldback.fold.StreamKey;
import foldback.fold.StreamKey.Rule;
import foldback.testing.PostgresResource;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalPropertiesReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.flywaydb.core.Flyway;

/** The ledger on a real database, without HTTP: as many writers as a test likes, each with a clock of its own. */
final class LedgerFixture implements AutoCloseable {
    static final Completeness.Writer WRITER = new Completeness.Writer("ledger-tests", 0);

    /** As precise as that of the service. */
    static final Clock CLOCK = Clock.tick(Clock.systemUTC(), Duration.ofNanos(1000));

    final AgroalDataSource database;
    final FoldVersions versions = new FoldVersions();

    LedgerFixture() throws SQLException {
        this(new PostgresResource().start());
    }

    LedgerFixture(Map<String, String> datasource) throws SQLException {
        String url = datasource.get("quarkus.datasource.jdbc.url");
        String username = datasource.get("quarkus.datasource.username");
        String password = datasource.get("quarkus.datasource.password");
        Flyway.configure()
                .dataSource(url, username, password)
                .locations("classpath:db/migration")
                .load()
                .migrate();
        database = AgroalDataSource.from(new AgroalPropertiesReader()
                .readProperties(Map.of(
                        "jdbcUrl", url,
                        "principal", username,
                        "credential", password,
                        "maxSize", "16",
                        "providerClassName", "org.postgresql.Driver"))
                .get());
        try (Connection connection = database.getConnection()) {
            versions.first(connection, new FoldPolicy(Duration.ZERO));
        }
    }

    /** Of a process of its own, which knows no heads yet. */
    Recording recording(Clock clock) {
        return recording(clock, new KnownHeads());
    }

    Recording recording(Clock clock, KnownHeads known) {
        return new Recording(transactions(known), versions, known, clock);
    }

    Transactions transactions(KnownHeads known) {
        return new Transactions(database, known, new FeedBell(database));
    }

    static StreamKey key(String rule) {
        return new StreamKey("1098765432101234", new Rule.ById(rule), Map.of("instanceId", "i-1"));
    }

    static String freshRule() {
        return "rule-" + UUID.randomUUID();
    }

    static Callback callback(Instant receivedAt, Reading... readings) {
        UUID id = EventIds.at(receivedAt, ThreadLocalRandom.current().nextLong());
        byte[] body = List.of(readings).toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return Callback.of(id, receivedAt, "127.0.0.1", "text/plain", List.of(body), List.of(readings));
    }

    static Reading reading(StreamKey key, Said said, Instant statedAt) {
        return new Reading(key, said, statedAt, 0);
    }

    Outcome record(Recording recording, Callback callback) throws SQLException {
        return recording
                .record(List.of(callback), WRITER, (connection, outcomes) -> {})
                .get(0);
    }

    List<Incident> incidents(UUID stream) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return IncidentTable.ofStream(connection, stream);
        }
    }

    /** All of a stream's log. */
    List<Event> log(UUID stream) throws SQLException {
        try (Connection connection = database.getConnection()) {
            List<Event> events = new ArrayList<>();
            EventReader.moving(connection, stream, null, 1_000_000, events::add);
            OperatorReader.of(connection, stream).stream()
                    .filter(event -> !(event instanceof Event.Resolved))
                    .forEach(events::add);
            return events;
        }
    }

    StreamHead head(UUID stream) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return head(connection, stream);
        }
    }

    static StreamHead head(Connection connection, UUID stream) throws SQLException {
        Together reading = new Together();
        Map<UUID, StreamHead> heads = StreamHeads.read(reading, List.of(stream));
        reading.run(connection);
        return heads.get(stream);
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    long count(String sql, Object... parameters) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
