package foldback.testing;

import foldback.embedded.EmbeddedPostgres;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The database of the integration tests: one embedded PostgreSQL a JVM, started as in production, with durable settings
 * and a role that is no superuser. With {@code foldback-test.jdbc-url} ({@code .username}, {@code .password}; or
 * {@code FOLDBACK_TEST_JDBC_URL}, …) it is that PostgreSQL instead, so that the tests can run against another version.
 *
 * <p>The database is shared by all test classes: what a test writes needs names of its own.
 */
public final class PostgresResource implements QuarkusTestResourceLifecycleManager {
    private static final String SHARED = "foldback-testing.shared.";

    @Override
    public Map<String, String> start() {
        Optional<String> given = setting("foldback-test.jdbc-url");
        if (given.isPresent()) {
            return datasource(
                    given.get(),
                    setting("foldback-test.username").orElse("foldback"),
                    setting("foldback-test.password").orElse(""));
        }
        startOnce();
        return datasource(shared("url"), shared("username"), shared("password"));
    }

    private static Optional<String> setting(String name) {
        String variable = name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
        return Optional.ofNullable(System.getProperty(name, System.getenv(variable)));
    }

    private static Map<String, String> datasource(String url, String username, String password) {
        return Map.of(
                "quarkus.datasource.jdbc.url", url,
                "quarkus.datasource.username", username,
                "quarkus.datasource.password", password,
                "foldback.spool.directory", spoolOnce());
    }

    /** Shared by system properties, as Quarkus loads this class anew for each application that it tests. */
    private static void startOnce() {
        synchronized (System.getProperties()) {
            if (System.getProperty(SHARED + "url") != null) {
                return;
            }
            Path dataDir = temporaryDirectory();
            EmbeddedPostgres postgres = EmbeddedPostgres.start(dataDir);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                postgres.close();
                TemporaryDirectories.delete(dataDir);
            }));
            System.setProperty(SHARED + "username", postgres.username());
            System.setProperty(SHARED + "password", postgres.password());
            System.setProperty(SHARED + "url", postgres.jdbcUrl());
        }
    }

    /** Not that of the last run, whose callbacks would turn up in this one. */
    private static String spoolOnce() {
        synchronized (System.getProperties()) {
            String made = System.getProperty(SHARED + "spool");
            if (made != null) {
                return made;
            }
            Path directory = temporaryDirectory();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> TemporaryDirectories.delete(directory)));
            System.setProperty(SHARED + "spool", directory.toString());
            return directory.toString();
        }
    }

    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("foldback-test-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String shared(String name) {
        return Objects.requireNonNull(System.getProperty(SHARED + name));
    }

    /** Nothing: the database serves the test classes that follow, and ends with the JVM. */
    @Override
    public void stop() {}
}
