package foldback.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.database.Patience;
import foldback.database.Together;
import foldback.fold.Histories;
import foldback.fold.Incident;
import foldback.testing.PostgresResource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Two processes, two lanes each, deliver the same callbacks to the same streams at once, their clocks a minute apart. */
class RivalWritersIT {
    private static final Pattern RESULT = Pattern.compile("recorded=(\\d+) duplicate=(\\d+)");

    private final Map<String, String> datasource = new PostgresResource().start();

    @Test
    void everyCallbackIsRecordedOnceAndTheIncidentsAreWhatTheLogFoldsTo() throws Exception {
        String prefix = "rivals-" + UUID.randomUUID();
        try (LedgerFixture ledger = new LedgerFixture(datasource)) {
            Process ahead = start(1, prefix, 60);
            Process behind = start(2, prefix, 0);
            int[] one = result(ahead);
            int[] other = result(behind);
            assertEquals(RivalWriters.CALLBACKS, one[0] + other[0], "recorded once");
            assertEquals(3 * RivalWriters.CALLBACKS, one[1] + other[1], "known the other times");
            assertTrue(one[0] > 0 && other[0] > 0, "both wrote");
            List<Incident> live = new ArrayList<>();
            for (int n = 0; n < RivalWriters.STREAMS; n++) {
                live.addAll(check(ledger, RivalWriters.key(prefix, n).id()));
            }
            rebuild(ledger, prefix);
            List<Incident> rebuilt = new ArrayList<>();
            for (int n = 0; n < RivalWriters.STREAMS; n++) {
                rebuilt.addAll(check(ledger, RivalWriters.key(prefix, n).id()));
            }
            assertEquals(live, rebuilt, "live = rebuilt, ids included");
        }
    }

    private static List<Incident> check(LedgerFixture ledger, UUID stream) throws SQLException {
        List<Incident> incidents = ledger.incidents(stream);
        assertEquals(Histories.expected(ledger.log(stream)).incidents(), incidents);
        return incidents;
    }

    private static void rebuild(LedgerFixture ledger, String prefix) throws SQLException {
        Transactions transactions = ledger.transactions(new KnownHeads());
        for (int n = 0; n < RivalWriters.STREAMS; n++) {
            UUID stream = RivalWriters.key(prefix, n).id();
            ledger.execute("delete from incidents where stream_id = '" + stream + "'");
            transactions.call(Patience.RECORDING, connection -> {
                Together reading = new Together();
                Map<UUID, StreamHead> heads = StreamHeads.lock(reading, List.of(stream));
                reading.run(connection);
                StreamHead head = heads.get(stream);
                Replay.Result result = WholeFold.of(
                        connection,
                        stream,
                        ledger.versions.current(connection).fold(),
                        java.util.Set.of(),
                        head.counts());
                Together writing = new Together();
                IncidentTable.write(writing, Map.of(stream, result.difference()));
                writing.run(connection);
                return result;
            });
        }
    }

    private Process start(int seed, String prefix, int secondsAhead) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        RivalWriters.class.getName(),
                        datasource.get("quarkus.datasource.jdbc.url"),
                        datasource.get("quarkus.datasource.username"),
                        datasource.get("quarkus.datasource.password"),
                        Integer.toString(seed),
                        prefix,
                        Integer.toString(secondsAhead))
                .redirectErrorStream(true)
                .start();
    }

    private static int[] result(Process process) throws IOException, InterruptedException {
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(1, TimeUnit.MINUTES), "still running");
        Matcher result = RESULT.matcher(output);
        assertTrue(result.find(), output);
        return new int[] {Integer.parseInt(result.group(1)), Integer.parseInt(result.group(2))};
    }
}
