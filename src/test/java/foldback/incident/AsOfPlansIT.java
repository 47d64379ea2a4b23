package foldback.incident;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What is asked of the stored rows as of an instant finds them by index, on tables of any size. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class AsOfPlansIT {
    private static final String INSTANT = "timestamptz '2025-03-04T00:00:00Z'";
    private static final String ID = "uuid '0198c0de-0000-7000-8000-000000000000'";

    @Inject
    DataSource database;

    @Test
    void theFirstPageOfUntouchedStreamsIsReadInItsOrder() throws SQLException {
        String plan = plan("select i.* from incidents i where " + AsOfList.UNTOUCHED.replace("?", INSTANT)
                + " order by i.opened_at desc, i.id desc limit 101");
        assertTrue(plan.contains("Index Scan Backward using incidents_opened on incidents i"), plan);
        assertTrue(plan.contains("Index Scan using stream_heads_key on stream_heads h"), plan);
        assertFalse(plan.contains("Sort"), plan);
    }

    @Test
    void theTouchedOnesAmongAFewStreamsAreFoundByTheirKeys() throws SQLException {
        String plan = plan(AsOfList.TOUCHED
                .formatted("i.stream_id in (select s.stream_id from streams s where s.dimensions @> '{\"k\": \"v\"}')")
                .replace(":asOf", INSTANT)
                .replace(":most", "10001"));
        assertTrue(plan.contains("streams_dimensions"), plan);
        assertTrue(plan.contains("Index Scan using stream_heads_key on stream_heads i"), plan);
    }

    @Test
    void anEventIsFoundByItsIdAndItsHeadByTheStream() throws SQLException {
        String plan = plan(IncidentAsOf.EVENT.replace(":asOf", INSTANT).replace(":id", ID));
        assertTrue(plan.contains("events_default_id_idx"), plan);
        assertTrue(plan.contains("Index Scan using stream_heads_key on stream_heads h"), plan);
    }

    /** Tables of tests are so small that reading all of them costs least; it is forbidden here. */
    private String plan(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(
                    "set local enable_seqscan = off; set local enable_hashjoin = off; set local enable_mergejoin = off");
            StringBuilder plan = new StringBuilder();
            try (ResultSet rows = statement.executeQuery("explain (costs off) " + sql)) {
                while (rows.next()) {
                    plan.append(rows.getString(1)).append('\n');
                }
            }
            connection.rollback();
            return plan.toString();
        }
    }
}
