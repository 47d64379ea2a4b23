package foldback.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import foldback.testing.CapturedLog;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Every two seconds the database is asked for a rebuild that was left alone; while it is away that is said once. */
class RebuildWithoutDatabaseTest {
    private boolean away = true;

    private final DataSource database = (DataSource) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                if (away) {
                    throw new SQLException("away, in this test");
                }
                return idle();
            });

    /** A database without rebuilds: no statement has a row. */
    private static Object idle() {
        return answering(Connection.class);
    }

    private static Object answering(Class<?> type) {
        return Proxy.newProxyInstance(
                RebuildWithoutDatabaseTest.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> {
                    Class<?> answer = method.getReturnType();
                    if (answer == boolean.class) {
                        return false;
                    }
                    return answer.isInterface() ? answering(answer) : answer == int.class ? (Object) 0 : null;
                });
    }

    @Test
    void thatItIsAwayIsSaidOnceUntilItWasBack() {
        FoldVersions versions = new FoldVersions();
        Rebuild rebuild = new Rebuild(
                database,
                new Transactions(database, new KnownHeads(), new FeedBell(database)),
                versions,
                () -> Duration.ZERO,
                LedgerFixture.CLOCK);
        try (CapturedLog log = new CapturedLog()) {
            tick(rebuild, 3);
            assertEquals(1, said(log));
            away = false;
            tick(rebuild, 2);
            away = true;
            tick(rebuild, 3);
            assertEquals(2, said(log));
        }
    }

    private static void tick(Rebuild rebuild, int times) {
        for (int n = 0; n < times; n++) {
            rebuild.takeOver();
        }
    }

    private static long said(CapturedLog log) {
        return log.lines().stream()
                .filter(line -> line.contains("away, in this test"))
                .count();
    }
}
