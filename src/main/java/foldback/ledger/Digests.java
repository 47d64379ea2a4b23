package foldback.ledger;

import java.util.IdentityHashMap;
import java.util.UUID;

/** Tells equal bytes without comparing them: the first 16 bytes of their SHA-256, computed once a part however many signals it has. */
final class Digests {
    private final IdentityHashMap<byte[], UUID> known = new IdentityHashMap<>();

    UUID of(byte[] bytes) {
        return known.computeIfAbsent(bytes, Sha256::shortened);
    }
}
