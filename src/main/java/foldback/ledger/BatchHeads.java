package foldback.ledger;

import foldback.database.Together;
import foldback.ledger.StreamHeads.HeadMoved;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The heads of a batch's streams: remembered, read or locked first, written once. */
final class BatchHeads {
    private final Connection connection;
    private final KnownHeads known;
    /** The latest incidents of the streams of which nothing was read. */
    private final Map<UUID, UUID> remembered = new HashMap<>();

    private List<UUID> lost = List.of();
    private List<StreamHead> written = List.of();

    BatchHeads(Connection connection, KnownHeads known) {
        this.connection = connection;
        this.known = known;
    }

    /** Takes the streams for this transaction, and reads them. */
    Map<UUID, StreamHead> lock(Together together, Set<UUID> ids) throws SQLException {
        Map<UUID, StreamHead> heads = StreamHeads.lock(together, ids);
        together.run(connection);
        return heads;
    }

    /** Those that are known as this process knows them, the others as they are stored. */
    Map<UUID, StreamHead> read(Together together, Set<UUID> ids) throws SQLException {
        Map<UUID, StreamHead> heads = known.of(ids);
        heads.forEach((id, head) -> {
            if (head.incidentId() != null) {
                remembered.put(id, head.incidentId());
            }
        });
        List<UUID> others = ids.stream().filter(id -> !heads.containsKey(id)).toList();
        if (!others.isEmpty()) {
            Map<UUID, StreamHead> read = StreamHeads.read(together, others);
            together.run(connection);
            heads.putAll(read);
        }
        return heads;
    }

    /** Writes them, among other statements that come before any that writes incidents; {@link #refuseMoved} must follow. */
    void write(Together together, List<StreamHead> heads) {
        StreamHeads.write(together, heads);
        lost = IncidentTable.missing(together, remembered);
        written = heads;
    }

    /** Throws where another writer was faster with any of them, or where an incident that was only remembered is gone. */
    void refuseMoved(Map<String, Integer> rows) throws HeadMoved {
        StreamHeads.refuseMoved(rows, written);
        if (!lost.isEmpty()) {
            throw new HeadMoved();
        }
    }

    /** As they were given to be written. */
    List<StreamHead> written() {
        return written;
    }
}
