package foldback.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.testing.RunningJar;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A connection that has had its answer, and sends nothing more, is closed, whatever was asked. Who is answered for long: LongExportIT. */
class OverdueSendersIT {
    private static final int FAR_TOO_LONG_MILLIS = 20_000;

    @TempDir
    static Path home;

    private static RunningJar service;

    @BeforeAll
    static void start() throws IOException {
        service = RunningJar.start(home.resolve("data"), Map.of("FOLDBACK_CONNECTION_PATIENCE", "1s"))
                .up();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/incidents HTTP/1.1\r\n\r\n",
                "GET /api/incidents.csv HTTP/1.1\r\n\r\n",
                "GET /api/incidents HTTP/1.1\r\nAccept: text/csv\r\n\r\n",
                "GET /nothing HTTP/1.1\r\n\r\n",
                "POST /callbacks/local HTTP/1.1\r\nContent-Length: 7\r\n\r\nnothing",
                "POST /api/rebuild?dryRun=perhaps HTTP/1.1\r\nContent-Length: 7\r\n\r\nnothing",
                "POST /api/rebuild?dryRun=perhaps HTTP/1.1\r\nContent-Length: 0\r\n\r\n"
            })
    void isClosedInTheEnd(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
            socket.setSoTimeout(FAR_TOO_LONG_MILLIS);
            String sent = request.replaceFirst("\r\n", "\r\nHost: localhost\r\n");
            socket.getOutputStream().write(sent.getBytes(StandardCharsets.ISO_8859_1));
            InputStream in = socket.getInputStream();
            String answer = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
            assertTrue(answer.startsWith("HTTP/1.1 "), answer);
            assertEquals(-1, in.read());
        }
    }
}
