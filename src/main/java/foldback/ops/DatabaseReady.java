package foldback.ops;

import foldback.spool.Spool;
import io.agroal.api.AgroalDataSource;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready while callbacks can be made durable: the database answers, within a time that a load balancer waits for, or the spool has room. A
 * service that is taken out of the balancing because its database is away would lose the callbacks that it could have spooled.
 */
@Readiness
@ApplicationScoped
class DatabaseReady implements AsyncHealthCheck {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final AgroalDataSource database;
    private final Spool spool;

    DatabaseReady(AgroalDataSource database, Spool spool) {
        this.database = database;
        this.spool = spool;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return Uni.createFrom()
                .item(this::answers)
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .ifNoItem()
                .after(PATIENCE)
                .recoverWithItem(false)
                .map(this::response);
    }

    private boolean answers() {
        try (Connection connection = database.getConnection()) {
            return connection.isValid((int) PATIENCE.toSeconds());
        } catch (SQLException e) {
            return false;
        }
    }

    private HealthCheckResponse response(boolean answers) {
        return HealthCheckResponse.named("database or spool")
                .status(answers || spool.hasRoom())
                .withData("database", answers ? "answers" : "away")
                .withData("spooled", spool.entries())
                .build();
    }
}
