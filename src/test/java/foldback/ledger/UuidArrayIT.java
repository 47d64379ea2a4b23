package foldback.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import foldback.database.UuidArray;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** UUIDs reach the database as they are, in their order. */
class UuidArrayIT {
    static Stream<List<UUID>> arrays() {
        UUID id = UUID.fromString("0195f3f5-7c00-7abc-8def-0123456789ab");
        UUID greatest = new UUID(-1, -1);
        return Stream.of(
                List.of(),
                List.of(id),
                List.of(greatest, id, id, new UUID(0, 0)),
                Arrays.asList(null, id, null),
                Stream.generate(UUID::randomUUID).limit(5_000).toList());
    }

    @ParameterizedTest
    @MethodSource("arrays")
    void theyArrive(List<UUID> ids) throws SQLException {
        try (LedgerFixture ledger = new LedgerFixture();
                Connection connection = ledger.database.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "select id from unnest(?::uuid[]) with ordinality as u (id, n) order by n")) {
            statement.setArray(1, UuidArray.of(connection, ids));
            List<UUID> arrived = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    arrived.add(Rows.uuidOrNull(rows, "id"));
                }
            }
            assertEquals(ids, arrived);
        }
    }
}
