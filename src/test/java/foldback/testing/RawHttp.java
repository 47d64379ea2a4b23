package foldback.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Sends what no HTTP client would send. */
public final class RawHttp {
    private RawHttp() {}

    /** Sends a request line and headers, and returns the whole answer; the connection is closed after it. */
    public static String ask(int port, String... lines) throws IOException {
        return send(port, String.join("\r\n", lines) + "\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    }

    /** Sends just this, and returns all that is answered until the connection ends. */
    public static String send(int port, String bytes) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) Duration.ofSeconds(10).toMillis());
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
