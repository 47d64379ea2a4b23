package foldback.embedded;

import foldback.testing.Await;
import foldback.testing.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL, and a second one that has confirmed each of its commits. Neither is started again where it ends. */
public final class PrimaryAndStandby implements AutoCloseable {
    /** Those of the primary's process. */
    private static final List<String> NOT_COPIED = List.of("postmaster.pid", "postmaster.opts");

    private static final String BEGIN = "select pg_backup_start('standby', fast => true)";
    private static final String END = "select labelfile from pg_backup_stop(wait_for_archive => false)";
    private static final String CONFIRMED = "alter system set synchronous_standby_names = '*'";
    private static final String CONFIRMS =
            "select pg_reload_conf() and exists (select from pg_stat_replication where sync_state = 'sync')";

    private final DataDirectory directory;
    private final Credentials credentials;
    private final Tools tools;
    private final Server primary;
    private final Path standbyDir;
    private @Nullable Server standby;

    private PrimaryAndStandby(Path home) {
        this.directory = DataDirectory.claim(home.resolve("primary"));
        this.credentials = Credentials.readOrCreate(directory.credentials());
        this.tools = new Tools(Binaries.unpack(directory));
        Cluster.ensure(directory, tools, credentials);
        this.primary = Server.start(directory.cluster(), tools);
        this.standbyDir = home.resolve("standby");
    }

    public static PrimaryAndStandby start(Path home) throws IOException, SQLException {
        PrimaryAndStandby pair = new PrimaryAndStandby(home);
        try {
            pair.standby = Server.start(pair.copied(), pair.tools);
            pair.confirm();
            return pair;
        } catch (IOException | SQLException | RuntimeException | Error e) {
            pair.close();
            throw e;
        }
    }

    /** What a base backup is: the files as they are, and the label that says from where on the log is needed. */
    private Path copied() throws IOException, SQLException {
        Path cluster = Files.createDirectory(standbyDir).resolve("postgresql");
        Files.copy(directory.credentials(), standbyDir.resolve("credentials"));
        try (Connection connection = primary().connectAsSuperuser()) {
            ask(connection, BEGIN);
            copy(directory.cluster(), cluster);
            Files.writeString(cluster.resolve("backup_label"), ask(connection, END));
        }
        Files.createFile(cluster.resolve("standby.signal"));
        Files.writeString(
                cluster.resolve("postgresql.auto.conf"),
                "primary_conninfo = 'host=127.0.0.1 port=%d user=postgres password=%s'%n"
                        .formatted(primary.port(), credentials.superuser()));
        return cluster;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                if (!NOT_COPIED.contains(file.getFileName().toString())) {
                    copyUnlessGone(file, to.resolve(from.relativize(file)));
                }
            }
        }
        Files.setPosixFilePermissions(to, DataDirectory.OWNER_ONLY);
    }

    /** The server that writes beside it removes some. */
    private static void copyUnlessGone(Path from, Path to) throws IOException {
        try {
            Files.copy(from, to);
        } catch (NoSuchFileException e) {
            if (Files.exists(from)) {
                throw e;
            }
        }
    }

    private void confirm() throws SQLException {
        try (Connection connection = primary().connectAsSuperuser()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(CONFIRMED);
            }
            Await.until("the standby confirms", Duration.ofSeconds(60), () -> ask(connection, CONFIRMS)
                    .equals("t"));
        }
    }

    private static String ask(Connection connection, String question) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(question)) {
            rows.next();
            return rows.getString(1);
        }
    }

    /** Both, of which the one that takes writes is wanted. */
    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:%d,127.0.0.1:%d/%s?targetServerType=primary&connectTimeout=2"
                .formatted(primary.port(), Objects.requireNonNull(standby).port(), Cluster.DATABASE);
    }

    public String username() {
        return Cluster.ROLE;
    }

    public String password() {
        return credentials.application();
    }

    public Database primary() {
        return new Database(directory.path());
    }

    public Database standby() {
        return new Database(standbyDir);
    }

    /** Makes the standby the primary. Returns once it takes writes. */
    public void promote() throws SQLException {
        try (Connection connection = standby().connectAsSuperuser()) {
            if (!ask(connection, "select pg_promote()").equals("t")) {
                throw new IllegalStateException("the standby was not promoted");
            }
        }
    }

    @Override
    public void close() {
        if (standby != null) {
            standby.stop();
        }
        primary.stop();
        directory.close();
    }
}
