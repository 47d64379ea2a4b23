package foldback.spool;

import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.testing.Await;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that spools is killed again and again; what it said was durable is there, and what it took out is not. */
class SpoolKilledTest {
    private static final int KILLS = 3;

    @TempDir
    Path directory;

    @Test
    void whatWasAcknowledgedIsThereAfterEachKill() throws Exception {
        Set<UUID> acknowledged = new HashSet<>();
        for (int kill = 1; kill <= KILLS; kill++) {
            acknowledged.addAll(spoolUntilKilled(200 * kill));
            assertTrue(found().containsAll(acknowledged), "after kill " + kill);
        }
    }

    private List<UUID> spoolUntilKilled(int lines) throws IOException, InterruptedException {
        Path said = Files.createTempFile(directory, "acknowledged", ".txt");
        Process writer = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        directory.resolve("spool.db").toString())
                .redirectOutput(said.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            Await.until(
                    "it has written",
                    Duration.ofSeconds(30),
                    () -> acknowledged(said).size() >= lines);
        } finally {
            writer.destroyForcibly().waitFor();
        }
        return acknowledged(said);
    }

    /** The last line may be half written. */
    private static List<UUID> acknowledged(Path said) throws IOException {
        return Files.readAllLines(said).stream()
                .filter(line -> line.length() == 36)
                .map(UUID::fromString)
                .toList();
    }

    private Set<UUID> found() throws SQLException {
        Set<UUID> ids = new HashSet<>();
        try (SpoolFile file = SpoolFile.open(directory.resolve("spool.db"), UUID.randomUUID())) {
            file.read(0, Integer.MAX_VALUE, Long.MAX_VALUE).forEach(entry -> ids.add(entry.id()));
        }
        return ids;
    }

    /** Writes groups and says which callbacks are durable, until it is killed. */
    static final class Writer {
        public static void main(String[] arguments) throws SQLException {
            SpoolFile file = SpoolFile.open(Path.of(arguments[0]), UUID.randomUUID());
            byte[] body = "alertState=ALERT".repeat(40).getBytes(StandardCharsets.UTF_8);
            while (true) {
                List<Spooled> group = new ArrayList<>();
                for (int n = 0; n < 7; n++) {
                    group.add(new Spooled(0, UUID.randomUUID(), Instant.EPOCH, null, null, body));
                }
                file.append(group);
                group.forEach(entry -> System.out.println(entry.id()));
                System.out.flush();
            }
        }
    }
}
