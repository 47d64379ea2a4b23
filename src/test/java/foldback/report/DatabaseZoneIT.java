package foldback.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.testing.PostgresResource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A report's days and hours are the database's, and its local times Java's: of every zone that may be asked for they are the same. */
class DatabaseZoneIT {
    private static final String KNOWN = "select name from pg_timezone_names";
    private static final String LOCAL = "select cast(? as timestamptz) at time zone cast(? as text)";

    @ParameterizedTest
    @ValueSource(strings = {"2024-01-15T22:30:00Z", "2024-07-15T22:30:00Z"})
    void everyZoneHasTheSameLocalTimeInBoth(String instant) throws SQLException {
        OffsetDateTime time = OffsetDateTime.parse(instant);
        Map<String, String> postgres = new PostgresResource().start();
        try (Connection connection = DriverManager.getConnection(
                postgres.get("quarkus.datasource.jdbc.url"),
                postgres.get("quarkus.datasource.username"),
                postgres.get("quarkus.datasource.password"))) {
            Set<String> zones = new TreeSet<>(ZoneId.getAvailableZoneIds());
            zones.retainAll(known(connection));
            assertTrue(zones.size() > 400, zones::toString);
            List<String> other = new ArrayList<>();
            for (String zone : zones) {
                LocalDateTime here = time.atZoneSameInstant(ZoneId.of(zone)).toLocalDateTime();
                LocalDateTime there = local(connection, time, zone);
                if (!here.equals(there)) {
                    other.add(zone + ": " + here + " here, " + there + " there");
                }
            }
            assertEquals(List.of(), other);
        }
    }

    private static Set<String> known(Connection connection) throws SQLException {
        Set<String> names = new HashSet<>();
        try (ResultSet rows = connection.createStatement().executeQuery(KNOWN)) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    private static LocalDateTime local(Connection connection, OffsetDateTime time, String zone) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOCAL)) {
            statement.setObject(1, time);
            statement.setString(2, DatabaseZone.of(zone));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getObject(1, LocalDateTime.class);
            }
        }
    }
}
