package foldback.ledger;

import java.util.Locale;

/** How far a rebuild is. */
public enum RebuildState {
    /** There has been none. */
    IDLE,
    RUNNING,
    FINISHED,
    FAILED;

    /** As it is stored and answered. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static RebuildState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
