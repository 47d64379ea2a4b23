package foldback.ledger;

import java.util.Set;
import java.util.UUID;

/**
 * The right of one request to carry out what its Idempotency-Key stands for.
 *
 * @param id of the key, see {@link IdempotencyKeys}
 * @param owner the request
 * @param recorded what an earlier request with the key has recorded, by the id that was acted on, without living to answer
 */
public record KeyClaim(UUID id, UUID owner, Set<UUID> recorded) {
    public KeyClaim {
        recorded = Set.copyOf(recorded);
    }
}
