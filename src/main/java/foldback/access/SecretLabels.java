package foldback.access;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Finds the label of a secret in a time that tells nothing about which it is, or whether it is any. */
final class SecretLabels {
    private final Map<String, Fingerprint> fingerprints = new LinkedHashMap<>();

    SecretLabels(Map<String, String> hashes) {
        hashes.forEach((label, hash) -> fingerprints.put(label, Fingerprint.parse(hash)));
    }

    Optional<String> of(String secret) {
        Fingerprint presented = Fingerprint.of(secret);
        Optional<String> found = Optional.empty();
        for (Map.Entry<String, Fingerprint> known : fingerprints.entrySet()) {
            if (known.getValue().matches(presented)) {
                found = Optional.of(known.getKey());
            }
        }
        return found;
    }
}
