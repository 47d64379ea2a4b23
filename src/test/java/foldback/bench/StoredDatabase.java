package foldback.bench;

import foldback.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.flywaydb.core.Flyway;

/** The PostgreSQL that users get, migrated, with a stored history in it; the one that is in the directory already, where there is one. */
public final class StoredDatabase implements AutoCloseable {
    private final EmbeddedPostgres postgres;

    private StoredDatabase(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    /** Starts it, and loads the history where there is none, which takes minutes for millions. */
    public static StoredDatabase open(Path dataDir, long signals, int streams) throws SQLException {
        StoredDatabase database = new StoredDatabase(EmbeddedPostgres.start(dataDir));
        try {
            database.fill(signals, streams);
            return database;
        } catch (SQLException | RuntimeException e) {
            database.close();
            throw e;
        }
    }

    private void fill(long signals, int streams) throws SQLException {
        String url = postgres.jdbcUrl();
        Flyway.configure()
                .dataSource(url, postgres.username(), postgres.password())
                .locations("classpath:db/migration")
                .load()
                .migrate();
        if (count("select count(*) from stream_heads") > 0) {
            return;
        }
        Stored stored = new Stored(
                1,
                streams,
                (int) (signals / streams / Stored.SIGNALS),
                Instant.now().truncatedTo(ChronoUnit.DAYS));
        long begin = System.nanoTime();
        stored.load(url, postgres.username(), postgres.password());
        double seconds = (System.nanoTime() - begin) / 1e9;
        System.out.printf(
                "loaded %,d signals of %,d streams, %,d incidents, in %.0f s%n",
                stored.signals(), streams, stored.incidents(), seconds);
    }

    public Connection connect() throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl(), postgres.username(), postgres.password());
    }

    public void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    public long count(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** What makes a service use it. */
    public Map<String, String> environment() {
        return Map.of(
                "QUARKUS_DATASOURCE_JDBC_URL", postgres.jdbcUrl(),
                "QUARKUS_DATASOURCE_USERNAME", postgres.username(),
                "QUARKUS_DATASOURCE_PASSWORD", postgres.password());
    }

    @Override
    public void close() {
        postgres.close();
    }
}
