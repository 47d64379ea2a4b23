package foldback.ops;

import foldback.access.AccessSettings;
import io.quarkus.vertx.http.HttpServer;
import io.quarkus.vertx.http.HttpServerStart;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Says where callbacks go and how to try one, as soon as they are received. */
@Singleton
final class Greeting {
    private static final Logger LOG = Logger.getLogger(Greeting.class);

    private final AccessSettings access;
    private final HttpServer server;

    Greeting(AccessSettings access, HttpServer server) {
        this.access = access;
        this.server = server;
    }

    void whenListening(@ObservesAsync HttpServerStart start) {
        boolean open = access.tokens().isEmpty() && access.keys().isEmpty();
        String url = "http://" + start.options().getHost() + ":" + server.getPort() + "/callbacks/"
                + (open ? "local" : "<token>");
        LOG.infof("Callback URL: %s%nTry it:%n%s", url, example(url));
    }

    /** The sample of CloudMonitor's documentation. */
    static String example(String url) {
        return """
                curl -H 'Content-Type: application/json' -d '{"userId":"12345",\
                "alertName":"putNewAlarm_group_a37cd898-ea6b-4b7b-a8a8-de017a8327f6","timestamp":"1508136760",\
                "alertState":"ALARM","dimensions":[{"userId":"12345","instanceId":"i-12345"}],\
                "expression":"[{\\"expression\\":\\"$Average>90\\",\\"level\\":4,\\"times\\":2}]","curValue":"95",\
                "metricName":"CPUUtilization","metricProject":"acs_ecs_dashboard"}' '%s'""".formatted(url);
    }
}
