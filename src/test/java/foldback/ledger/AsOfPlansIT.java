package foldback.ledger;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Streams are read as of an instant by index, from the first row on, however many there are. */
class AsOfPlansIT {

    @Test
    void aStreamsLogIsReadAlongItsKeyAndNothingIsSorted() throws SQLException {
        String plan = plan(EventScan.RECORDED_BY);
        assertTrue(plan.contains("Nested Loop"), plan);
        assertTrue(plan.contains("Merge Append"), plan);
        assertTrue(plan.contains("Index Cond: (stream_id = u.stream_id)"), plan);
        assertFalse(plan.contains("Seq Scan on events"), plan);
        assertFalse(plan.contains("->  Sort"), plan);
    }

    @Test
    void whatPeopleDidIsFoundByItsOwnIndex() throws SQLException {
        String plan = plan(OperatorReader.RECORDED_BY);
        assertTrue(plan.contains("Index Scan using events_default_stream_id_occurred_at_id_idx on"), plan);
        assertTrue(plan.contains("Index Cond: (stream_id = ANY"), plan);
        assertFalse(plan.contains("Seq Scan"), plan);
    }

    private static String plan(String sql) throws SQLException {
        try (LedgerFixture ledger = new LedgerFixture();
                Connection connection = ledger.database.getConnection()) {
            connection.setAutoCommit(false);
            EventScan.readAlongTheKey(connection);
            try (PreparedStatement explain = connection.prepareStatement("explain (costs off) " + sql)) {
                explain.setArray(1, connection.createArrayOf("uuid", new UUID[] {UUID.randomUUID()}));
                explain.setObject(2, OffsetDateTime.parse("2025-03-04T00:00:00Z"));
                StringBuilder plan = new StringBuilder();
                try (ResultSet rows = explain.executeQuery()) {
                    while (rows.next()) {
                        plan.append(rows.getString(1)).append('\n');
                    }
                }
                return plan.toString();
            } finally {
                connection.rollback();
            }
        }
    }
}
