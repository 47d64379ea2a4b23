package foldback.callback;

import io.restassured.RestAssured;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Posts as no HTTP client would, to the service under test. */
final class RawPost {
    private RawPost() {}

    static String send(String path, String contentType, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String headers = "Content-Type: " + contentType + "\r\nContent-Length: " + bytes.length + "\r\n";
        return exchange(path, headers, out -> out.write(bytes));
    }

    interface Sender {
        void write(OutputStream out) throws IOException;
    }

    /** Sends the headers and whatever the sender writes; gives all that is answered until the connection ends. */
    static String exchange(String path, String headers, Sender sender) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
            socket.setSoTimeout((int) Duration.ofSeconds(20).toMillis());
            OutputStream out = socket.getOutputStream();
            String head = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers + "\r\n";
            out.write(head.getBytes(StandardCharsets.ISO_8859_1));
            try {
                sender.write(out);
                out.flush();
            } catch (IOException e) {
                // Refused while it was being sent; the answer says why.
                return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            }
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
