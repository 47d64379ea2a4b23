package foldback.incident;

import foldback.ledger.Action;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The person who acts: the label of the API key, with the name that they gave. */
@Singleton
class Caller {
    private final SecurityIdentity identity;
    private final HttpServerRequest request;

    Caller(SecurityIdentity identity, HttpServerRequest request) {
        this.identity = identity;
        this.request = request;
    }

    Action action(
            Action.Kind kind,
            UUID streamId,
            UUID incidentId,
            ActionRequest wanted,
            @Nullable Predicate<String> expected) {
        return new Action(
                streamId,
                incidentId,
                kind,
                by(wanted),
                wanted.note(),
                wanted.instant(),
                request.remoteAddress().hostAddress(),
                expected);
    }

    private String by(ActionRequest wanted) {
        String label = identity.getPrincipal().getName();
        return wanted.by() == null ? label : label + "/" + wanted.by();
    }
}
