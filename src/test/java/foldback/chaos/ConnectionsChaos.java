package foldback.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.testing.Await;
import foldback.testing.RunningJar;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections that are of no use: ten thousand that are silent, hundreds that send a byte a second, or half a request and no more. */
class ConnectionsChaos {
    private static final int IDLE = 10_000;
    private static final int SLOW = 400;
    private static final int PATIENCE_SECONDS = 12;
    private static final int CLOUD_MONITORS_PATIENCE_MILLIS = 5000;
    private static final Map<String, String> IMPATIENT =
            Map.of("FOLDBACK_CONNECTION_PATIENCE", PATIENCE_SECONDS + "s", "JDK_JAVA_OPTIONS", "-Xmx512m");

    private static final String HEADERS = "POST /callbacks/local HTTP/1.1\r\nHost: localhost\r\n";

    @TempDir
    Path home;

    private final List<SocketChannel> opened = new ArrayList<>();

    @Test
    void whoIsSilentOrSlowIsClosedAndStopsNobodyElse() throws Exception {
        try (RunningJar service =
                        RunningJar.start(home.resolve("data"), IMPATIENT).up();
                Load load = Load.closed(Load.Target.local(service.port()), 32, new Mixture(6, "others", 200))) {
            connect(service.port(), IDLE, "");
            connect(service.port(), SLOW, HEADERS);
            connect(service.port(), SLOW, HEADERS + "Content-Length: 500\r\n\r\nuserId=1");
            List<SocketChannel> trickling = new ArrayList<>(connect(service.port(), SLOW, HEADERS + "X-Slow: "));
            trickling.addAll(connect(service.port(), SLOW, HEADERS + "Content-Length: 500\r\n\r\nuserId=1"));
            long before = load.tally.recorded();
            for (int second = 0; second < PATIENCE_SECONDS / 2; second++) {
                trickling.forEach(slow -> assertTrue(send(slow, "a"), "not closed before its time"));
                Trial.pause(1000);
            }
            assertTrue(load.tally.recorded() > before + 500, "callbacks are recorded meanwhile");
            Await.until("who sends a byte a second is closed", Duration.ofSeconds(3 * PATIENCE_SECONDS), () -> {
                Trial.pause(1000);
                return trickling.stream().noneMatch(slow -> send(slow, "a"));
            });
            Await.until("all others are closed", Duration.ofSeconds(PATIENCE_SECONDS), () -> opened.stream()
                    .allMatch(ConnectionsChaos::isClosed));
            List<Exchange> exchanges = load.stop();
            long slowest = Trial.slowest(exchanges);
            System.out.printf("answers: %s, the slowest after %d ms%n", load.tally, slowest);
            assertTrue(slowest < CLOUD_MONITORS_PATIENCE_MILLIS, () -> "answered after " + slowest + " ms");
            assertEquals(load.tally.acknowledged(), exchanges.size(), "nobody else is refused or cut");
        } finally {
            for (SocketChannel channel : opened) {
                channel.close();
            }
        }
    }

    private List<SocketChannel> connect(int port, int count, String said) throws IOException {
        List<SocketChannel> connected = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            opened.add(channel);
            connected.add(channel);
            channel.configureBlocking(false);
            assertTrue(send(channel, said));
        }
        return connected;
    }

    private static boolean send(SocketChannel channel, String said) {
        try {
            channel.write(ByteBuffer.wrap(said.getBytes(StandardCharsets.ISO_8859_1)));
            return !isClosed(channel);
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isClosed(SocketChannel channel) {
        try {
            return channel.read(ByteBuffer.allocate(1024)) < 0;
        } catch (IOException e) {
            return true;
        }
    }
}
