package foldback.ledger;

import foldback.fold.Fold;
import foldback.fold.FoldPolicy;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The only writer of {@code fold_versions}. A version never changes once it is written, so each is read once. */
@Singleton
final class FoldVersions {
    private static final String LOCK = "select pg_advisory_xact_lock(hashtext('foldback fold versions'))";
    private static final String ADD = "insert into fold_versions (reopen_within_millis) values (?) returning version";
    private static final String ADD_FIRST = """
            insert into fold_versions (reopen_within_millis)
            select ? where not exists (select from fold_versions)
            """;
    private static final String CURRENT =
            "select version, reopen_within_millis from fold_versions order by version desc limit 1";
    /**
     * Without waiting: where somebody awaits the holders of this version, it is in force no more. Two statements, so that the second one
     * sees what was committed before the first.
     */
    private static final String HOLD =
            "select pg_try_advisory_xact_lock_shared(hashtext('foldback fold version'), %d); " + CURRENT;
    /** A lock a version: who folds with the one in force waits for nobody. */
    private static final String AWAIT = """
            select pg_advisory_xact_lock(hashtext('foldback fold version'), version) from fold_versions where version < ?
            """;

    private static final String OF = "select version, reopen_within_millis from fold_versions where version = ?";

    record Version(int number, FoldPolicy policy, Fold fold) {}

    private final Map<Integer, Version> versions = new ConcurrentHashMap<>();
    private volatile @Nullable Version latest;

    /** The configured policy, as precise as it is kept. */
    static FoldPolicy configured(FoldConfig config) {
        return new FoldPolicy(Duration.ofMillis(config.reopenWithin().toMillis()));
    }

    /** Writes the first version where there is none, under a lock so that two first starts write one. */
    Version first(Connection connection, FoldPolicy configured) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
            lock.execute();
        }
        try (PreparedStatement statement = connection.prepareStatement(ADD_FIRST)) {
            statement.setLong(1, configured.reopenWithin().toMillis());
            statement.executeUpdate();
        }
        return current(connection);
    }

    /** The version in force. */
    Version current(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(CURRENT);
                ResultSet row = statement.executeQuery()) {
            return read(row);
        }
    }

    /** The version in force, to fold new streams with. Whoever awaits those that do waits for this transaction. */
    Version hold(Connection connection) throws SQLException {
        Version version = latest == null ? current(connection) : latest;
        while (true) {
            Version inForce = heldOrLater(connection, version);
            if (inForce.number() == version.number()) {
                latest = inForce;
                return inForce;
            }
            version = inForce;
        }
    }

    /** The version, locked, where it is in force; otherwise the one that is. */
    private Version heldOrLater(Connection connection, Version version) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(HOLD.formatted(version.number()))) {
            statement.execute();
            statement.getMoreResults();
            try (ResultSet row = statement.getResultSet()) {
                return read(row);
            }
        }
    }

    /** When it returns, whoever held a version older than this one has committed, or will not. */
    static void awaitHolders(Connection connection, int version) throws SQLException {
        try (PreparedStatement older = connection.prepareStatement(AWAIT)) {
            older.setInt(1, version);
            older.execute();
        }
    }

    Version of(Connection connection, int number) throws SQLException {
        Version known = versions.get(number);
        if (known != null) {
            return known;
        }
        try (PreparedStatement statement = connection.prepareStatement(OF)) {
            statement.setInt(1, number);
            try (ResultSet row = statement.executeQuery()) {
                return read(row);
            }
        }
    }

    /** Puts another policy in force, for new streams at once and for the others as they are rebuilt. */
    Version add(Connection connection, FoldPolicy policy) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ADD)) {
            statement.setLong(1, policy.reopenWithin().toMillis());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new Version(row.getInt(1), policy, new Fold(policy));
            }
        }
    }

    private Version read(ResultSet row) throws SQLException {
        if (!row.next()) {
            throw new IllegalStateException("the database knows no such fold version");
        }
        FoldPolicy policy = new FoldPolicy(Duration.ofMillis(row.getLong("reopen_within_millis")));
        Version version = new Version(row.getInt("version"), policy, new Fold(policy));
        versions.putIfAbsent(version.number(), version);
        return version;
    }
}
