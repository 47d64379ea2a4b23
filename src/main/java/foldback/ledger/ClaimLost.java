package foldback.ledger;

/** A request took longer than its lease on an Idempotency-Key, and another one has the key now. What it was about to commit is rolled back. */
public final class ClaimLost extends RuntimeException {
    private static final long serialVersionUID = 1;

    ClaimLost() {
        super("another request with this Idempotency-Key has taken over", null, false, false);
    }
}
