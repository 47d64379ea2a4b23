package foldback.spool;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was acknowledged is there after whatever may happen to the end of the file. */
class SpoolFileTest {
    private static final Instant AT = Instant.parse("2025-03-04T10:00:00.123456Z");
    private static final UUID ID = UUID.fromString("00000000-0000-4000-8000-000000000001");
    private static final long ALL = Long.MAX_VALUE;

    @TempDir
    Path directory;

    private static Spooled callback(int n) {
        byte[] body = ("alertState=ALERT&n=" + n + "&x=" + "x".repeat(n % 7 * 300)).getBytes(StandardCharsets.UTF_8);
        return new Spooled(0, new UUID(n, n), AT.plusSeconds(n), "127.0.0.1", n % 2 == 0 ? null : "text/plain", body);
    }

    private static List<Spooled> group(int from, int to) {
        return IntStream.range(from, to).mapToObj(SpoolFileTest::callback).toList();
    }

    private static List<Integer> numbers(SpoolFile file) throws SQLException {
        return file.read(0, 10_000, ALL).stream()
                .map(entry -> (int) entry.id().getMostSignificantBits())
                .toList();
    }

    private SpoolFile open() throws SQLException {
        return SpoolFile.open(directory.resolve("spool.db"), ID);
    }

    @Test
    void whatIsReadIsWhatWasWritten() throws SQLException {
        try (SpoolFile file = open()) {
            file.append(group(0, 3));
            List<Spooled> read = file.read(0, 10, ALL);
            for (int n = 0; n < 3; n++) {
                Spooled written = callback(n);
                Spooled found = read.get(n);
                assertEquals(written.id(), found.id());
                assertEquals(written.receivedAt(), found.receivedAt());
                assertEquals(written.remoteAddress(), found.remoteAddress());
                assertEquals(written.contentType(), found.contentType());
                assertArrayEquals(written.body(), found.body());
            }
        }
    }

    @Test
    void itIsReadInOrderAndInParts() throws SQLException {
        try (SpoolFile file = open()) {
            file.append(group(0, 5));
            file.append(group(5, 10));
            List<Spooled> first = file.read(0, 4, ALL);
            List<Spooled> rest = file.read(first.get(3).number(), 100, ALL);
            assertEquals(10, first.size() + rest.size());
            assertEquals(callback(4).id(), rest.get(0).id());
            assertEquals(1, file.read(0, 100, 1).size());
        }
    }

    @Test
    void reopenedItHoldsWhatWasNotTakenOut() throws SQLException {
        try (SpoolFile file = open()) {
            file.append(group(0, 10));
            file.remove(file.read(0, 4, ALL));
        }
        try (SpoolFile file = SpoolFile.open(directory.resolve("spool.db"), UUID.randomUUID())) {
            assertEquals(ID, file.id());
            assertEquals(IntStream.range(4, 10).boxed().toList(), numbers(file));
            assertEquals(6, file.content().entries());
            assertEquals(AT.plusSeconds(4), file.content().oldest());
            long bytes = group(4, 10).stream().mapToLong(Spooled::size).sum();
            assertEquals(bytes, file.content().bytes());
            file.append(group(10, 11));
            assertEquals(IntStream.range(4, 11).boxed().toList(), numbers(file));
        }
    }

    @Test
    void emptiedItGivesTheRoomBack() throws SQLException, IOException {
        try (SpoolFile file = open()) {
            byte[] body = new byte[200_000];
            Spooled large = new Spooled(0, ID, AT, null, null, body);
            for (int n = 0; n < 50; n++) {
                file.append(List.of(large));
            }
            file.remove(file.read(0, 100, ALL));
            file.shrink();
            assertEquals(SpoolContent.NONE, file.content());
            assertNull(file.content().oldest());
            assertTrue(Files.size(directory.resolve("spool.db")) < 100_000);
            assertTrue(Files.size(directory.resolve("spool.db-wal")) < 100_000);
            file.append(group(0, 1));
            assertEquals(List.of(0), numbers(file));
        }
    }

    /** A transaction that finds no room is undone by SQLite itself, whatever it was about. */
    @Test
    void withRoomAgainAFullDiskLeavesNoTrace() throws SQLException {
        try (Connection connection = SpoolFormat.open(directory.resolve("spool.db"), ID);
                Statement disk = connection.createStatement();
                SpoolFile file = new SpoolFile(connection)) {
            file.append(group(0, 100));
            disk.execute("pragma max_page_count = 1");
            assertThrows(SQLException.class, () -> file.append(group(100, 1000)));
            assertEquals(IntStream.range(0, 100).boxed().toList(), numbers(file));
            file.remove(file.read(0, 10, ALL));
            disk.execute("pragma max_page_count = 1000000");
            file.append(group(100, 110));
            assertEquals(IntStream.range(10, 110).boxed().toList(), numbers(file));
            assertEquals(100, file.content().entries());
        }
        assertEquals(IntStream.range(10, 110).boxed().toList(), found(directory.resolve("spool.db")));
    }

    /** Cut anywhere in the last group, byte by byte where its frames begin and end, that group is gone and the others are there. */
    @Test
    void aTornEndTakesNothingThatWasWrittenBeforeIt() throws SQLException, IOException {
        Path journal = directory.resolve("spool.db-wal");
        try (SpoolFile file = open()) {
            file.append(group(0, 20));
            long before = Files.size(journal);
            file.append(List.of(callback(21), callback(22)));
            long end = Files.size(journal);
            assertTrue(before < end);
            for (long length = before; length < end; length += isNearTheEdgeOfAFrame(length) ? 1 : 16) {
                assertEquals(20, found(torn(length)).size(), "cut at " + length);
            }
            assertEquals(22, found(torn(end)).size());
        }
    }

    /** Of SQLite's file format: after a header of 32 bytes, frames of 24 bytes and a page. */
    private static boolean isNearTheEdgeOfAFrame(long at) {
        long inFrame = (at - 32) % (24 + 4096);
        return inFrame < 48 || inFrame > 24 + 4096 - 48;
    }

    @Test
    void afterATornEndItGoesOnAsIfNothingHadBeen() throws SQLException, IOException {
        try (SpoolFile file = open()) {
            file.append(group(0, 20));
            Path torn = torn(Files.size(directory.resolve("spool.db-wal")) - 1);
            try (SpoolFile opened = SpoolFile.open(torn, ID)) {
                assertEquals(List.of(), numbers(opened));
                opened.append(group(0, 3));
            }
            assertEquals(List.of(0, 1, 2), found(torn));
        }
    }

    /** As a power cut may leave it: longer than what was synced, with blocks that never reached the disk and hold what was there before. */
    @Test
    void aBlockMissingInTheEndTakesNothingThatWasWrittenBeforeIt() throws SQLException, IOException {
        Path journal = directory.resolve("spool.db-wal");
        try (SpoolFile file = open()) {
            file.append(group(0, 20));
            long before = Files.size(journal);
            file.append(group(20, 60));
            long end = Files.size(journal);
            for (long block = before; block < end; block += 512) {
                List<Integer> left = found(garbled(block, 512));
                assertEquals(IntStream.range(0, 20).boxed().toList(), left, "without the block at " + block);
            }
        }
    }

    private Path torn(long length) throws IOException {
        return damaged(copy -> copy.setLength(length));
    }

    private Path garbled(long at, int bytes) throws IOException {
        return damaged(copy -> {
            copy.seek(at);
            byte[] garbage = new byte[(int) Math.min(bytes, copy.length() - at)];
            copy.readFully(garbage);
            for (int n = 0; n < garbage.length; n++) {
                garbage[n] ^= 0x5A;
            }
            copy.seek(at);
            copy.write(garbage);
        });
    }

    private interface Damage {
        void to(RandomAccessFile journal) throws IOException;
    }

    private Path damaged(Damage damage) throws IOException {
        Path copy = Files.createDirectories(directory.resolve("copy"));
        for (String name : List.of("spool.db", "spool.db-wal")) {
            Files.copy(directory.resolve(name), copy.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
        try (RandomAccessFile journal =
                new RandomAccessFile(copy.resolve("spool.db-wal").toFile(), "rw")) {
            damage.to(journal);
        }
        return copy.resolve("spool.db");
    }

    private static List<Integer> found(Path file) throws SQLException {
        try (SpoolFile opened = SpoolFile.open(file, ID)) {
            return numbers(opened);
        }
    }
}
