package foldback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.testing.Await;
import foldback.testing.RawHttp;
import foldback.testing.RunningJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The packaged jar on a bare directory, and what may happen to it there. One directory serves all: it is the same life. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StartIT {
    private static final Map<String, String> PLAIN = Map.of();

    @TempDir
    static Path home;

    private static Path dataDir() {
        return home.resolve("data");
    }

    private static ProcessHandle postgres() throws IOException {
        Path pidFile = dataDir().resolve("postgresql/postmaster.pid");
        return ProcessHandle.of(Long.parseLong(Files.readAllLines(pidFile).get(0)))
                .orElseThrow();
    }

    private static String ready(RunningJar service) throws IOException {
        return RawHttp.ask(service.managementPort(), "GET /q/health/ready HTTP/1.1");
    }

    @Test
    @Order(1)
    void theFirstStartMakesTheDatabaseAndSaysWhereCallbacksGo() throws Exception {
        try (RunningJar service = RunningJar.startAsInLife(dataDir(), PLAIN).up()) {
            assertTrue(ready(service).startsWith("HTTP/1.1 200 "));
            String url = "http://127.0.0.1:" + service.port() + "/callbacks/local";
            assertTrue(service.output().contains("Callback URL: " + url), service::output);
            assertTrue(service.output().contains("curl "), service::output);
            assertFalse(service.output().contains("Fault"), service::output);
        }
    }

    @Test
    @Order(2)
    void aTerminationStopsTheServiceAndThenItsDatabase() throws Exception {
        RunningJar service = RunningJar.startAsInLife(dataDir(), PLAIN).up();
        assertFalse(service.output().contains("First start"), service::output);
        ProcessHandle postgres = postgres();
        service.terminate();
        service.exitCode(Duration.ofSeconds(10));
        Await.until("PostgreSQL has ended", Duration.ofSeconds(2), () -> !postgres.isAlive());
        assertFalse(Files.exists(dataDir().resolve("postgresql/postmaster.pid")));
        assertFalse(service.output().contains("ERROR"), service::output);
    }

    @Test
    @Order(3)
    void aSecondServiceOnTheSameDirectorySaysSoAndEnds() throws Exception {
        try (RunningJar first = RunningJar.startAsInLife(dataDir(), PLAIN).up()) {
            ProcessHandle postgres = postgres();
            RunningJar second = RunningJar.startAsInLife(dataDir(), PLAIN);
            assertEquals(1, second.exitCode(Duration.ofSeconds(20)));
            assertEquals(1, second.output().lines().count(), second::output);
            assertTrue(second.output().contains("is in use by another Foldback (process "), second::output);
            assertEquals(postgres, postgres());
            assertTrue(ready(first).startsWith("HTTP/1.1 200 "));
        }
    }

    @Test
    @Order(4)
    void aKilledServiceLeavesADatabaseThatTheNextStartTakesOver() throws Exception {
        RunningJar killed = RunningJar.startAsInLife(dataDir(), PLAIN).up();
        ProcessHandle orphan = postgres();
        killed.kill();
        assertTrue(orphan.isAlive());
        try (RunningJar next = RunningJar.startAsInLife(dataDir(), PLAIN).up()) {
            assertTrue(next.output().contains("has outlived the service"), next::output);
            assertNotEquals(orphan.pid(), postgres().pid());
            assertTrue(ready(next).startsWith("HTTP/1.1 200 "));
        }
    }

    @Test
    @Order(5)
    void aServiceKilledWithItsDatabaseRecovers() throws Exception {
        RunningJar killed = RunningJar.startAsInLife(dataDir(), PLAIN).up();
        ProcessHandle postgres = postgres();
        killed.kill();
        assertTrue(postgres.destroyForcibly());
        Await.until("PostgreSQL has ended", Duration.ofSeconds(5), () -> !postgres.isAlive());
        try (RunningJar next = RunningJar.startAsInLife(dataDir(), PLAIN).up()) {
            assertTrue(ready(next).startsWith("HTTP/1.1 200 "));
        }
    }

    @Test
    @Order(6)
    void aDatabaseThatDiesUnderTheServiceIsStartedAgain() throws Exception {
        try (RunningJar service = RunningJar.startAsInLife(dataDir(), PLAIN).up()) {
            assertTrue(postgres().destroyForcibly());
            Await.until("the guardian has seen it", Duration.ofSeconds(10), () -> service.output()
                    .contains("ended unexpectedly"));
            Await.until("the service is ready again", Duration.ofSeconds(40), () -> ready(service)
                    .startsWith("HTTP/1.1 200 "));
        }
    }

    @ParameterizedTest
    @Order(7)
    @CsvSource({
        "QUARKUS_HTTP_HOST, 0.0.0.0, To listen on 0.0.0.0",
        "QUARKUS_DATASOURCE_JDBC_URL, jdbc:postgresql://127.0.0.1:1/foldback, To use a database of your own",
        "FOLDBACK_ACCESS_TOKENS_CLOUD, short, foldback.access.tokens.cloud is not a SHA-256"
    })
    void whatIsNotSafeIsRefusedBeforeAnythingIsTouched(String variable, String value, String said) throws Exception {
        Path untouched = home.resolve("untouched");
        RunningJar refused = RunningJar.startAsInLife(untouched, Map.of(variable, value));
        assertEquals(1, refused.exitCode(Duration.ofSeconds(20)));
        assertTrue(refused.output().startsWith(said), refused::output);
        assertFalse(Files.exists(untouched));
    }

    @ParameterizedTest
    @Order(8)
    @CsvSource({"token cloud, 0, token: ", "key ops admin, 0, key: ", "frob, 2, usage: "})
    void commandsAnswerAndEnd(String arguments, int code, String said) throws Exception {
        Path untouched = home.resolve("untouched");
        RunningJar command = RunningJar.startAsInLife(untouched, PLAIN, arguments.split(" "));
        assertEquals(code, command.exitCode(Duration.ofSeconds(20)));
        assertTrue(command.output().startsWith(said), command::output);
        assertFalse(Files.exists(untouched));
    }
}
