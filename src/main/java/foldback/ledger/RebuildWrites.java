package foldback.ledger;

import foldback.database.Together;
import foldback.fold.Incident;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The incidents that a rebuild removes and writes, sent to the database some at a time. Open ones go last, when whatever else was open on
 * their streams has gone or is resolved: a stream has one open incident at every moment.
 */
final class RebuildWrites {
    private static final int ROWS_AT_ONCE = 500;
    /** Of display texts, which can be as long as a callback. */
    private static final int CHARACTERS_AT_ONCE = 1 << 20;

    private final Connection connection;
    private final Map<UUID, Difference> differences = new LinkedHashMap<>();
    private final Map<UUID, Difference> open = new LinkedHashMap<>();
    private int rows;
    private int characters;

    RebuildWrites(Connection connection) {
        this.connection = connection;
    }

    /** Where the changes of one stream go. */
    Divergence.Changes of(UUID stream) {
        return new Divergence.Changes() {
            @Override
            public void remove(Incident former) throws SQLException {
                of(differences, stream).removed().add(former);
                added(former);
            }

            @Override
            public void write(Incident incident, @Nullable Incident former) throws SQLException {
                Difference difference = of(incident.open() ? open : differences, stream);
                difference.changed().add(incident);
                if (former != null) {
                    difference.formerly().put(former.id(), former);
                }
                added(incident);
            }

            @Override
            public void wasFormerly(Incident former) {
                of(differences, stream).formerly().put(former.id(), former);
            }
        };
    }

    private static Difference of(Map<UUID, Difference> differences, UUID stream) {
        return differences.computeIfAbsent(
                stream,
                id -> new Difference(
                        new ArrayList<>(), List.of(), new ArrayList<>(), List.of(), new LinkedHashMap<>()));
    }

    private void added(Incident incident) throws SQLException {
        rows++;
        characters += incident.display().length();
        if (rows >= ROWS_AT_ONCE || characters >= CHARACTERS_AT_ONCE) {
            send(differences);
        }
    }

    private void send(Map<UUID, Difference> some) throws SQLException {
        Together together = new Together();
        IncidentTable.write(together, some);
        together.run(connection);
        some.clear();
        rows = 0;
        characters = 0;
    }

    /** Sends what is left, the open ones too. */
    void finish() throws SQLException {
        send(differences);
        send(open);
    }
}
