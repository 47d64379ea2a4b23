package foldback.access;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.HashMap;
import java.util.Map;

/** A key for each role; the key is the role's name, and its label the name and a 1. */
public final class WithKeys implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        Map<String, String> config = new HashMap<>();
        for (String role : Role.ASCENDING) {
            config.put(
                    "foldback.access.keys." + role + "1.hash",
                    Fingerprint.of(role).hex());
            config.put("foldback.access.keys." + role + "1.role", role);
        }
        return config;
    }
}
