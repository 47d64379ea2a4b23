package foldback.ops;

import io.agroal.api.AgroalDataSource;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jboss.logging.Logger;

/** Refuses to run on a database that would forget what it has committed: the service's 2xx would be a lie. */
@Singleton
final class DurabilityCheck {
    private static final Logger LOG = Logger.getLogger(DurabilityCheck.class);

    private final AgroalDataSource database;

    DurabilityCheck(AgroalDataSource database) {
        this.database = database;
    }

    void check() throws SQLException {
        try (Connection connection = database.getConnection()) {
            refuseOff(connection, "fsync");
            // Local, remote_write, on and remote_apply all wait for this machine's disk.
            refuseOff(connection, "synchronous_commit");
            if (show(connection, "full_page_writes").equals("off")) {
                LOG.warn("full_page_writes is off: safe only on a file system that never writes half a page");
            }
        }
    }

    private static void refuseOff(Connection connection, String setting) throws SQLException {
        if (show(connection, setting).equals("off")) {
            throw new ConfigurationException("The database has " + setting
                    + " off and would lose what it has confirmed. Switch it on, for the server and for this role.");
        }
    }

    private static String show(Connection connection, String setting) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("show " + setting)) {
            answer.next();
            return answer.getString(1);
        }
    }
}
