package foldback.export;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Asks for an export and takes its bytes when it likes, as they come over the wire. */
final class SlowReader implements AutoCloseable {
    private static final int LITTLE = 4096;
    private static final byte[] END = "\r\n0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);

    private final Socket socket = new Socket();
    private final InputStream in;

    SlowReader(int port, String list, String accept) throws IOException {
        socket.setReceiveBufferSize(LITTLE);
        socket.setSoTimeout((int) Duration.ofMinutes(1).toMillis());
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        String request =
                "GET " + list + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAccept: " + accept + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        in = new BufferedInputStream(socket.getInputStream(), LITTLE);
    }

    /** The status line and the headers, once they come. */
    String head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new SocketException("ended after " + head);
            }
            head.append((char) next);
        }
        return head.toString();
    }

    /** What the rest of the connection carried. */
    record Rest(long bytes, long lines, boolean ended) {}

    /** Reads until the connection ends, and tells whether the answer ended before it: with the chunk that has nothing in it. */
    Rest rest() throws IOException {
        byte[] last = new byte[END.length];
        byte[] some = new byte[1 << 16];
        long bytes = 0;
        long lines = 0;
        try {
            for (int read = in.read(some); read >= 0; read = in.read(some)) {
                for (int i = 0; i < read; i++) {
                    // The lines of the chunks end with CRLF, those of NDJSON do not.
                    lines += some[i] == '\n' && last[(int) ((bytes + END.length - 1) % END.length)] != '\r' ? 1 : 0;
                    last[(int) (bytes++ % END.length)] = some[i];
                }
            }
        } catch (SocketException reset) {
            return new Rest(bytes, lines, false);
        }
        return new Rest(bytes, lines, endsWith(last, bytes));
    }

    private static boolean endsWith(byte[] last, long bytes) {
        for (int i = 0; i < END.length; i++) {
            if (last[(int) ((bytes + i) % END.length)] != END[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
