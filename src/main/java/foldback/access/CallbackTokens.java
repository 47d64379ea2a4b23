package foldback.access;

import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;

/** The tokens that stand in callback URLs. */
@Singleton
public final class CallbackTokens {
    /** The token, and the label, while nothing is configured. */
    public static final String LOCAL = "local";

    private final SecretLabels labels;

    CallbackTokens(AccessSettings settings) {
        labels = new SecretLabels(configured(settings));
    }

    /** The hashes by label. */
    static Map<String, String> configured(AccessSettings settings) {
        boolean open = settings.tokens().isEmpty() && settings.keys().isEmpty();
        return open ? Map.of(LOCAL, Fingerprint.of(LOCAL).hex()) : settings.tokens();
    }

    /** The label that the token is configured under; empty for a token that is unknown or revoked. */
    public Optional<String> labelOf(String token) {
        return labels.of(token);
    }
}
