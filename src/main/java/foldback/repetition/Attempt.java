package foldback.repetition;

import foldback.ledger.KeyClaim;
import jakarta.enterprise.context.RequestScoped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is known of the request's {@code Idempotency-Key} while its action is carried out. */
@RequestScoped
public class Attempt {
    private @Nullable KeyClaim claim;

    Attempt() {}

    /** To be noted by the transaction that records; null where the request has no key. */
    public @Nullable KeyClaim claim() {
        return claim;
    }

    /** Whether an earlier request with the key recorded this, so that it only remains to answer. */
    public boolean recorded(UUID id) {
        return claim != null && claim.recorded().contains(id);
    }

    /** Whether it recorded anything. */
    public boolean recordedAny() {
        return claim != null && !claim.recorded().isEmpty();
    }

    void claimed(@Nullable KeyClaim newClaim) {
        claim = newClaim;
    }
}
