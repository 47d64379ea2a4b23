package foldback.ledger;

import foldback.fold.Incident;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where one stream's stored incidents differ from what it folds to. Both pass by in the order of their first signals, so that neither
 * side is held: only the ids are, of incidents that differ and may be met again under another first signal, which happens where another
 * policy joins or parts incidents.
 */
final class Divergence {
    /** The stored incidents, one after the other, then null. */
    @FunctionalInterface
    interface Stored {
        @Nullable
        Incident next() throws SQLException;
    }

    /** Takes what is to be written. */
    interface Changes {
        /** Nothing is to be written: it is counted only. */
        Changes COUNTED = new Changes() {
            @Override
            public void remove(Incident former) {}

            @Override
            public void write(Incident incident, @Nullable Incident former) {}

            @Override
            public void wasFormerly(Incident former) {}
        };

        /** Of which no incident has the id any more, unless one is written later. */
        void remove(Incident former) throws SQLException;

        /**
         * What is new, or differs from the one with its id.
         *
         * @param former what has its id; null where it is new, or is met later
         */
        void write(Incident incident, @Nullable Incident former) throws SQLException;

        /** What one was that has been written. */
        void wasFormerly(Incident former) throws SQLException;
    }

    private final Stored stored;
    private final Changes changes;
    private final Set<UUID> gone = new HashSet<>();
    private final Set<UUID> strangers = new HashSet<>();
    private @Nullable Incident ahead;
    private long differing;

    Divergence(Stored stored, Changes changes) throws SQLException {
        this.stored = stored;
        this.changes = changes;
        this.ahead = stored.next();
    }

    /** Takes the next incident that the stream folds to. */
    void renewed(Incident incident) throws SQLException {
        while (ahead != null && ahead.first().isBefore(incident.first())) {
            remove(pass());
        }
        Incident former = ahead != null && ahead.first().equals(incident.first()) ? pass() : null;
        if (incident.equals(former)) {
            return;
        }
        boolean sameId = former != null && former.id().equals(incident.id());
        if (former != null && !sameId) {
            remove(former);
        }
        write(incident, sameId ? former : null);
    }

    /** What is stored behind the last incident is to go. */
    void end() throws SQLException {
        while (ahead != null) {
            remove(pass());
        }
    }

    /** How many incidents differ, by id: those written and those removed. */
    long differing() {
        return differing;
    }

    private Incident pass() throws SQLException {
        Incident passed = Objects.requireNonNull(ahead);
        ahead = stored.next();
        return passed;
    }

    private void remove(Incident former) throws SQLException {
        if (strangers.remove(former.id())) {
            changes.wasFormerly(former);
        } else {
            gone.add(former.id());
            differing++;
            changes.remove(former);
        }
    }

    private void write(Incident incident, @Nullable Incident former) throws SQLException {
        if (former == null && gone.remove(incident.id())) {
            differing--;
        } else if (former == null && ahead != null) {
            strangers.add(incident.id());
        }
        differing++;
        changes.write(incident, former);
    }
}
