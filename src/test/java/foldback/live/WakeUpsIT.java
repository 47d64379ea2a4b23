package foldback.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.ledger.FeedBell;
import foldback.testing.PostgresResource;
import foldback.testing.Sql;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(PostgresResource.class)
class WakeUpsIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(10);

    @Inject
    DataSource database;

    @Test
    void isWokenByANotificationAlsoAfterItsConnectionWasCut() throws Exception {
        try (WakeUps wakeUps = new WakeUps(database)) {
            wakeUps.await(SHORT);
            assertTrue(wokenWithin(wakeUps, 20), "by a notification");
            wakeUps.await(SHORT);
            assertEquals(List.of("t"), cutWhatListens());
            wakeUps.await(SHORT);
            wakeUps.await(SHORT);
            assertTrue(wokenWithin(wakeUps, 20), "on a new connection");
        }
    }

    private boolean wokenWithin(WakeUps wakeUps, int seconds) throws Exception {
        CompletableFuture<Void> woken = CompletableFuture.runAsync(() -> {
            try {
                wakeUps.await(LONG);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Sql.execute(database, "select pg_notify('" + FeedBell.CHANNEL + "', '')");
        woken.get(seconds, TimeUnit.SECONDS);
        return woken.isDone();
    }

    /** The one that was asked last whether it is there: with an empty statement. */
    private List<String> cutWhatListens() throws SQLException {
        return Sql.rows(
                database,
                "select pg_terminate_backend(pid) from (select pid from pg_stat_activity where usename = current_user"
                        + " and query = '' and pid <> pg_backend_pid() order by query_start desc limit 1) listening");
    }
}
