package foldback.access;

import foldback.problem.ProblemRoutes;
import foldback.problem.Refusal;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** {@code Authorization: Bearer <key>} names the key's label and roles; without configured keys everybody is local. */
@Singleton
public final class ApiKeys implements HttpAuthenticationMechanism {
    private static final String LOCAL = "local";
    private static final String SCHEME = "Bearer ";

    private final SecretLabels labels;
    private final Map<String, SecurityIdentity> identities = new HashMap<>();

    ApiKeys(AccessSettings settings) {
        Map<String, String> hashes = new HashMap<>();
        settings.keys().forEach((label, key) -> {
            hashes.put(label, key.hash());
            identities.put(label, identity(label, key.role()));
        });
        labels = new SecretLabels(hashes);
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager unused) {
        if (identities.isEmpty()) {
            return Uni.createFrom().item(identity(LOCAL, Role.ADMIN));
        }
        String header = context.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null) {
            return Uni.createFrom().nullItem();
        }
        return labelOf(header)
                .map(identities::get)
                .map(identity -> Uni.createFrom().item(identity))
                .orElseGet(() -> Uni.createFrom().failure(new AuthenticationFailedException()));
    }

    private Optional<String> labelOf(String header) {
        return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? labels.of(header.substring(SCHEME.length()).strip())
                : Optional.empty();
    }

    private static SecurityIdentity identity(String label, String role) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(label))
                .addRoles(Role.upTo(role))
                .build();
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", SCHEME.strip()));
    }

    /** For what is protected outside of the resources; inside them an exception comes first. */
    @Override
    public Uni<Boolean> sendChallenge(RoutingContext context) {
        ProblemRoutes.write(context, Refusal.unauthenticated());
        return Uni.createFrom().item(true);
    }
}
