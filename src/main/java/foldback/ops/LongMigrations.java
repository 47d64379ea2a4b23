package foldback.ops;

import io.quarkus.flyway.FlywayConfigurationCustomizer;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** A migration may rewrite a table that has grown for years, and says nothing meanwhile. */
@Singleton
final class LongMigrations extends BaseCallback implements FlywayConfigurationCustomizer {
    private static final Duration LONGEST = Duration.ofHours(6);

    @Override
    public void customize(FluentConfiguration configuration) {
        configuration.callbacks(this);
    }

    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.BEFORE_EACH_MIGRATE;
    }

    @Override
    public void handle(Event event, Context context) {
        SilentConnections.limit(context.getConnection(), LONGEST);
    }
}
