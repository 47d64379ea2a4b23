package foldback.chaos;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All connections to the database are cut, again and again, wherever their transactions are. */
class CutConnectionsIT {
    private static final int CUTS = 10;

    @TempDir
    Path home;

    @Test
    void aCommitOfUnknownOutcomeIsCountedOnce() throws Exception {
        try (Trial trial = Trial.begin(home.resolve("data"), 32)) {
            int cut = 0;
            for (int i = 0; i < CUTS; i++) {
                cut += cut(trial);
                trial.awaitRecorded(50);
            }
            assertTrue(cut > 2 * CUTS, "connections were cut: " + cut);
            trial.awaitRecorded(500);
            trial.audit();
        }
    }

    private static int cut(Trial trial) throws SQLException {
        try (Connection connection = trial.database.connectAsSuperuser();
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'foldback'");
            int cut = 0;
            for (var rows = statement.getResultSet(); rows.next(); ) {
                cut++;
            }
            return cut;
        }
    }
}
