package foldback.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.incident.Rule;
import foldback.testing.Await;
import foldback.testing.Following;
import foldback.testing.PostgresResource;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(PostgresResource.class)
class SlowReaderIT {
    private static final String LONG = "x".repeat(100_000);
    private static final int SIGNALS = 150;

    @Inject
    MeterRegistry registry;

    @Inject
    LiveCounts counts;

    @Test
    void whoDoesNotReadIsDroppedWhileTheOthersGoOn() throws IOException {
        Rule rule = new Rule();
        double before = dropped();
        try (Following following = Following.begin(RestAssured.port, "?ruleId=" + rule.id);
                Socket silent = silent("/api/live?ruleId=" + rule.id)) {
            String id = rule.alert("web", "2025-03-04T00:00:00Z", "expression", LONG);
            for (int i = 1; i < SIGNALS; i++) {
                rule.alert(
                        "web",
                        Instant.parse("2025-03-04T00:00:00Z")
                                .plusSeconds(60L * i)
                                .toString(),
                        "expression",
                        LONG);
            }
            Await.until("the silent one is dropped", Duration.ofSeconds(30), () -> dropped() == before + 1);
            Await.until(
                    "the other one has all signals",
                    Duration.ofSeconds(30),
                    () -> following.events().size() == SIGNALS);
            assertEquals(
                    SIGNALS,
                    following
                            .events()
                            .get(SIGNALS - 1)
                            .data()
                            .path("alertCount")
                            .asInt());
            assertEquals(
                    List.of(id),
                    following.events().stream()
                            .map(Following.Event::incident)
                            .distinct()
                            .toList());
            assertTrue(endsUnread(silent), "its connection ends");
        }
    }

    @Test
    void whereMuchWaitsForAllTheSlowAreDroppedSooner() throws IOException {
        int much = (128 << 20) + 1;
        counts.waiting(much);
        Rule rule = new Rule();
        double before = dropped();
        long most = 0;
        try (Socket silent = silent("/api/live?ruleId=" + rule.id)) {
            for (int i = 0; i < SIGNALS && dropped() == before; i++) {
                rule.alert("n" + i, "2025-03-04T00:00:00Z", "expression", LONG);
                most = Math.max(most, counts.waiting() - much);
            }
            Await.until("it is dropped", Duration.ofSeconds(10), () -> dropped() == before + 1);
            assertTrue(most < 1 << 20, "as many bytes waited for it: " + most);
            assertTrue(endsUnread(silent), "its connection ends");
            Await.until("nothing waits for it any more", Duration.ofSeconds(10), () -> counts.waiting() == much);
        } finally {
            counts.waiting(-much);
        }
    }

    private double dropped() {
        return registry.get("foldback.live.subscriptions")
                .tag("outcome", "dropped")
                .counter()
                .count();
    }

    /** Asks, and reads nothing; with room for little on its side. */
    private static Socket silent(String path) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), RestAssured.port));
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** Whether what was on its way ends without the end of an answer. */
    private static boolean endsUnread(Socket socket) throws IOException {
        socket.setSoTimeout((int) Duration.ofSeconds(10).toMillis());
        try {
            String rest = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return !rest.endsWith("0\r\n\r\n");
        } catch (java.net.SocketException reset) {
            return true;
        }
    }
}
