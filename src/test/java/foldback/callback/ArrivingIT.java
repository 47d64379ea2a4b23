package foldback.callback;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.testing.Await;
import foldback.testing.PostgresResource;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Large bodies that are on their way, and stay so. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class ArrivingIT {
    private static final int LARGE = 256 * 1024;
    private static final int MOST_OF_IT = 255 * 1024;

    @Inject
    Arriving arriving;

    @Inject
    MeterRegistry registry;

    /** 255 KB each of 256 KB, and then nothing: the memory that they may have together ends, and small callbacks do not notice. */
    @Test
    void largeBodiesThatDoNotEndFillNoMemoryAndKeepNobodyAway() throws Exception {
        byte[] head = "POST /callbacks/local HTTP/1.1\r\nHost: localhost\r\nContent-Length: 262144\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII);
        List<Socket> senders = new ArrayList<>();
        try {
            double before = refused();
            for (int n = 1; refused() == before; n++) {
                long held = (long) n * (MOST_OF_IT - Arriving.OWN);
                senders.add(new Socket(InetAddress.getLoopbackAddress(), RestAssured.port));
                sendMost(senders.get(n - 1).getOutputStream(), head);
                Await.until(
                        "it has arrived, or is refused",
                        Duration.ofSeconds(10),
                        () -> arriving.bytes() == held || refused() > before);
            }
            assertTrue(arriving.bytes() > Arriving.MOST - LARGE, () -> "as much is arriving: " + arriving.bytes());
            String refused = RawPost.exchange(
                    "/callbacks/local", "Content-Length: 262144\r\n", out -> out.write(new byte[LARGE]));
            assertTrue(refused.startsWith("HTTP/1.1 503 "), refused);
            assertTrue(refused.contains("Retry-After"), refused);
            assertEquals(before + 2, refused());
            given().contentType("text/plain")
                    .body("ruleId=arriving-" + UUID.randomUUID() + "&alertState=ALERT&timestamp=1741054000")
                    .post("/callbacks/local")
                    .then()
                    .statusCode(200);
        } finally {
            for (Socket sender : senders) {
                sender.close();
            }
        }
        Await.until("nothing of them is held", Duration.ofSeconds(20), () -> arriving.bytes() == 0);
    }

    private static void sendMost(OutputStream sender, byte[] head) {
        try {
            sender.write(head);
            sender.write(new byte[MOST_OF_IT]);
        } catch (IOException e) {
            // The last one, for which there was no room.
        }
    }

    private double refused() {
        return registry.get("foldback.callbacks")
                .tag("outcome", "refused")
                .counter()
                .count();
    }
}
