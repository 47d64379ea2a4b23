package foldback.ledger;

/** Callbacks by their answer: received = recorded + duplicate + quarantined, once none is on its way. */
record CallbackCounts(long received, long recorded, long duplicate, long quarantined) {
    static final CallbackCounts NONE = new CallbackCounts(0, 0, 0, 0);

    CallbackCounts plus(CallbackCounts other) {
        return new CallbackCounts(
                received + other.received,
                recorded + other.recorded,
                duplicate + other.duplicate,
                quarantined + other.quarantined);
    }
}
