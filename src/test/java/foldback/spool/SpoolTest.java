package foldback.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.ledger.Outcome;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The spool within one process: bounded, owned, lasting. */
class SpoolTest {
    @TempDir
    Path home;

    private final List<Spool> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (Spool spool : opened) {
            spool.stop(null);
        }
    }

    private Spool open(String maxSize) {
        Spool spool = new Spool(config(maxSize), home);
        spool.start(null);
        opened.add(spool);
        return spool;
    }

    private SpoolConfig config(String maxSize) {
        return new SpoolConfig() {
            @Override
            public MemorySize maxSize() {
                return new MemorySizeConverter().convert(maxSize);
            }

            @Override
            public Optional<Path> directory() {
                return Optional.of(SpoolTest.this.directory());
            }
        };
    }

    private Path directory() {
        return home.resolve("spool");
    }

    private void stop(Spool spool) throws SQLException, IOException {
        opened.remove(spool);
        spool.stop(null);
    }

    private static CompletableFuture<Outcome> keep(Spool spool, int bytes) {
        Spooled callback = new Spooled(0, UUID.randomUUID(), Instant.EPOCH, null, null, new byte[bytes]);
        return spool.keep(callback).toCompletableFuture();
    }

    private static Outcome kept(Spool spool, int bytes) throws Exception {
        return keep(spool, bytes).get(10, TimeUnit.SECONDS);
    }

    @Test
    void fullItRefusesAtOnceAndTakesAgainWhatFindsRoom() throws Exception {
        Spool spool = open("4K");
        assertInstanceOf(Outcome.Spooled.class, kept(spool, 2000));
        assertTrue(spool.hasRoom());
        CompletableFuture<Outcome> refused = keep(spool, 2000);
        assertTrue(refused.isDone());
        Outcome.Unavailable full = assertInstanceOf(Outcome.Unavailable.class, refused.join());
        assertTrue(full.reason().contains("the spool is full"), full.reason());
        assertEquals(1, spool.refused());
        spool.settle(spool.take(0, 10, Long.MAX_VALUE), 1);
        assertInstanceOf(Outcome.Spooled.class, kept(spool, 2000));
        assertEquals(2, spool.kept());
    }

    @Test
    void whatWasThereBeforeTheStartTakesItsRoom() throws Exception {
        Spool before = open("4K");
        kept(before, 2000);
        stop(before);
        Spool after = open("4K");
        assertEquals(1, after.entries());
        assertInstanceOf(Outcome.Unavailable.class, kept(after, 2000));
    }

    @Test
    void manyAtOnceShareTheirSyncs() throws Exception {
        Spool spool = open("1G");
        List<CompletableFuture<Outcome>> answers = new ArrayList<>();
        for (int n = 0; n < 20_000; n++) {
            answers.add(keep(spool, 500));
        }
        for (CompletableFuture<Outcome> answer : answers) {
            assertInstanceOf(Outcome.Spooled.class, answer.get(30, TimeUnit.SECONDS));
        }
        assertEquals(20_000, spool.entries());
        assertEquals(0, spool.inFlight());
    }

    @Test
    void stoppedItHasWrittenWhatItTook() throws Exception {
        Spool spool = open("1G");
        List<CompletableFuture<Outcome>> answers = new ArrayList<>();
        for (int n = 0; n < 500; n++) {
            answers.add(keep(spool, 500));
        }
        stop(spool);
        long kept = answers.stream()
                .filter(answer -> answer.join() instanceof Outcome.Spooled)
                .count();
        assertEquals(500, kept);
        assertInstanceOf(Outcome.Unavailable.class, kept(spool, 1));
        assertEquals(500, open("1G").entries());
    }

    @Test
    void aDiskThatTakesNoMoreIsSaidAndNothingIsAcknowledged() throws Exception {
        try (SpoolDirectory directory = SpoolDirectory.claim(directory())) {
            SpoolFile file = directory.open();
            SpoolWriter writer = new SpoolWriter(file);
            file.close();
            writer.start();
            Spooled callback = new Spooled(0, UUID.randomUUID(), Instant.EPOCH, null, null, new byte[1]);
            assertFalse(writer.submit(callback).toCompletableFuture().get(10, TimeUnit.SECONDS));
            assertEquals(0, writer.inFlight());
            writer.stop();
        }
    }

    @Test
    void aSecondOwnerIsToldWhoTheFirstIs() {
        open("1G");
        ConfigurationException refused =
                assertThrows(ConfigurationException.class, () -> SpoolDirectory.claim(directory()));
        assertTrue(refused.getMessage().contains("is in use by another Foldback (process "), refused.getMessage());
        assertTrue(refused.getMessage().contains("foldback.spool.directory"), refused.getMessage());
    }

    @Test
    void oneThatCannotBeReadIsSetAsideAndKept() throws Exception {
        Spool before = open("1G");
        kept(before, 500);
        stop(before);
        Path file = directory().resolve("spool.db");
        byte[] damaged = Files.readAllBytes(file);
        for (int n = 0; n < damaged.length; n++) {
            damaged[n] ^= 0x5A;
        }
        Files.write(file, damaged);
        Spool after = open("1G");
        assertEquals(0, after.entries());
        assertInstanceOf(Outcome.Spooled.class, kept(after, 500));
        try (Stream<Path> aside = Files.walk(directory())) {
            List<Path> kept = aside.filter(path -> path.endsWith("spool.db")).toList();
            assertEquals(2, kept.size(), kept::toString);
        }
    }

    @Test
    void aFileOfANewerVersionIsRefused() throws Exception {
        Spool before = open("1G");
        stop(before);
        try (java.sql.Connection connection = java.sql.DriverManager.getConnection(
                "jdbc:sqlite:" + directory().resolve("spool.db"))) {
            connection.createStatement().execute("pragma user_version = 99");
        }
        Spool after = new Spool(config("1G"), home);
        opened.add(after);
        ConfigurationException refused = assertThrows(ConfigurationException.class, () -> after.start(null));
        assertTrue(refused.getMessage().contains("a newer version"), refused.getMessage());
    }

    @Test
    void theLibraryOfAKilledProcessIsDeleted() throws Exception {
        Files.createDirectories(directory());
        Path left = Files.createFile(directory().resolve("sqlite-left-behind.so"));
        open("1G");
        assertFalse(Files.exists(left));
    }
}
