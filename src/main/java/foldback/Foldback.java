package foldback;

import foldback.access.AccessSettings;
import foldback.access.Exposure;
import foldback.access.SecretCommand;
import foldback.embedded.DataSettings;
import foldback.embedded.EmbeddedPostgres;
import foldback.problem.UnreadableMessages;
import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfig;
import java.util.List;

/**
 * The whole program: checks that it may start as it is configured, starts the embedded PostgreSQL unless another one is
 * configured, then runs the service until it is told to stop.
 */
@QuarkusMain
public final class Foldback {
    Foldback() {}

    /** Without arguments the service; with them a command, after which the program ends. */
    public static void main(String[] arguments) {
        if (arguments.length > 0) {
            System.exit(SecretCommand.run(arguments, System.out, System.err));
        }
        try {
            serve(configuration());
        } catch (EmbeddedPostgres.Unavailable | ConfigValidationException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static void serve(SmallRyeConfig config) {
        boolean external = config.getOptionalValue("quarkus.datasource.jdbc.url", String.class)
                .isPresent();
        refuseExposure(config, external);
        StopInOrder ending = new StopInOrder();
        if (!external) {
            startEmbedded(config.getConfigMapping(DataSettings.class), ending);
        }
        ApplicationLifecycleManager.setDefaultExitCodeHandler((code, failure) -> {
            ending.applicationEnded();
            System.exit(code);
        });
        // Otherwise Quarkus answers a URL that java.net.URI does not like, such as one with a |, with 400 and no word.
        System.setProperty("vertx.disableURIValidation", "true");
        System.setProperty(UnreadableMessages.EXTENSIONS_SYSTEM_PROPERTY, UnreadableMessages.FROM_SERVICES);
        ending.applicationBegins();
        Quarkus.run();
    }

    private static void refuseExposure(SmallRyeConfig config, boolean external) {
        String host = config.getValue("quarkus.http.host", String.class);
        List<String> objections = Exposure.objections(config.getConfigMapping(AccessSettings.class), host, external);
        if (!objections.isEmpty()) {
            objections.forEach(System.err::println);
            System.exit(1);
        }
    }

    private static void startEmbedded(DataSettings settings, StopInOrder ending) {
        EmbeddedPostgres postgres = EmbeddedPostgres.start(settings.dataDir());
        ending.atExitClose(postgres);
        System.setProperty("quarkus.datasource.jdbc.url", postgres.jdbcUrl());
        System.setProperty("quarkus.datasource.username", postgres.username());
        System.setProperty("quarkus.datasource.password", postgres.password());
    }

    /** From the same sources as Quarkus' own, which is there only once Quarkus runs. */
    private static SmallRyeConfig configuration() {
        return ConfigUtils.configBuilder()
                .withMapping(DataSettings.class)
                .withMapping(AccessSettings.class)
                .withMappingIgnore("foldback.**")
                .build();
    }
}
