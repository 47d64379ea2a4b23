package foldback.ops;

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

/** Ready while the database answers, within a time that a load balancer waits for. */
@Readiness
@ApplicationScoped
class DatabaseReady implements AsyncHealthCheck {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final HealthCheckResponse UP = HealthCheckResponse.up("database");
    private static final HealthCheckResponse DOWN = HealthCheckResponse.down("database");

    private final AgroalDataSource database;

    DatabaseReady(AgroalDataSource database) {
        this.database = database;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return Uni.createFrom()
                .item(this::ask)
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .ifNoItem()
                .after(PATIENCE)
                .recoverWithItem(DOWN);
    }

    private HealthCheckResponse ask() {
        try (Connection connection = database.getConnection()) {
            return connection.isValid((int) PATIENCE.toSeconds()) ? UP : DOWN;
        } catch (SQLException e) {
            return DOWN;
        }
    }
}
