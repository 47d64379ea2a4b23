package foldback.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.fold.EventIds;
import foldback.fold.Histories;
import foldback.fold.StreamKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The heads of all streams, looked through a piece at a time for those that another fold version made. */
class StreamWalkIT {
    private static final Instant AT = Instant.parse("2025-03-04T00:00:00Z");
    private static final int PIECE = 7;

    @Test
    void aWalkFindsEachStreamOfAnotherVersion() throws SQLException {
        try (LedgerFixture ledger = new LedgerFixture()) {
            List<UUID> streams = new ArrayList<>();
            for (int n = 0; n < 3 * PIECE; n++) {
                streams.add(recorded(ledger));
            }
            List<UUID> others = streams.subList(0, PIECE);
            String named = " where stream_id in ('"
                    + String.join("', '", others.stream().map(UUID::toString).toList()) + "')";
            int current = ledger.head(streams.get(0)).foldVersion();
            try {
                ledger.execute("update stream_heads set fold_version = 0" + named);
                List<UUID> found = walk(ledger, current);
                assertTrue(found.containsAll(others), found::toString);
                assertFalse(found.stream().anyMatch(streams.subList(PIECE, streams.size())::contains), found::toString);
            } finally {
                ledger.execute("update stream_heads set fold_version = " + current + named);
            }
        }
    }

    private static UUID recorded(LedgerFixture ledger) throws SQLException {
        StreamKey key = LedgerFixture.key(LedgerFixture.freshRule());
        ledger.record(
                ledger.recording(LedgerFixture.CLOCK),
                LedgerFixture.callback(AT, LedgerFixture.reading(key, Histories.alert("1"), AT)));
        return key.id();
    }

    private static List<UUID> walk(LedgerFixture ledger, int version) throws SQLException {
        List<UUID> found = new ArrayList<>();
        try (Connection connection = ledger.database.getConnection()) {
            StreamWalk.Piece piece = StreamWalk.otherVersions(connection, version, null, PIECE);
            while (piece.last() != null) {
                found.addAll(piece.others());
                StreamWalk.Piece next = StreamWalk.otherVersions(connection, version, piece.last(), PIECE);
                assertTrue(next.last() == null || EventIds.compare(next.last(), piece.last()) > 0, "goes on");
                piece = next;
            }
        }
        assertEquals(found.size(), found.stream().distinct().count());
        return found;
    }
}
