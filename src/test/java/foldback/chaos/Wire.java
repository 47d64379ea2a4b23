package foldback.chaos;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One connection of the load: one callback at a time, kept alive, connected again when it breaks. */
final class Wire {
    private static final byte[] END_OF_HEADERS = {'\r', '\n', '\r', '\n'};
    private static final long RECONNECT_AFTER_NANOS = 50_000_000;

    final int port;
    private final String token;
    private @Nullable SocketChannel channel;
    private ByteBuffer out = ByteBuffer.allocate(0);
    private ByteBuffer in = ByteBuffer.allocate(4096);
    private @Nullable Shot shot;
    private long sentAt;
    private long connectAt;

    Wire(int port, String token) {
        this.port = port;
        this.token = token;
    }

    boolean isIdle() {
        return channel != null && channel.isConnected() && shot == null;
    }

    boolean isBusy() {
        return shot != null;
    }

    /** Connects where it is not connected, but not again and again without a pause. */
    void connect(Selector selector, long now) throws IOException {
        if (channel != null || now < connectAt) {
            return;
        }
        SocketChannel fresh = SocketChannel.open();
        channel = fresh;
        fresh.configureBlocking(false);
        fresh.setOption(java.net.StandardSocketOptions.TCP_NODELAY, true);
        boolean connected = fresh.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        fresh.register(selector, connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, this);
    }

    /** Sends what fits; the rest follows when there is room. */
    void send(Shot next, long at, Selector selector) throws IOException {
        shot = next;
        sentAt = at;
        byte[] body = next.bytes();
        String head = "POST /callbacks/" + token + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + body.length
                + "\r\n\r\n";
        out = ByteBuffer.allocate(head.length() + body.length)
                .put(head.getBytes(StandardCharsets.ISO_8859_1))
                .put(body)
                .flip();
        write(java.util.Objects.requireNonNull(open().keyFor(selector)));
    }

    /** Goes on where the channel is ready; gives the exchange that came to its end by it. */
    @Nullable
    Exchange ready(SelectionKey key, long now) throws IOException {
        if (key.isConnectable()) {
            open().finishConnect();
            key.interestOps(SelectionKey.OP_READ);
        }
        if (key.isWritable()) {
            write(key);
        }
        return key.isReadable() ? read(now) : null;
    }

    private void write(SelectionKey key) throws IOException {
        open().write(out);
        key.interestOps(out.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    }

    private @Nullable Exchange read(long now) throws IOException {
        if (!in.hasRemaining()) {
            in = ByteBuffer.allocate(2 * in.capacity()).put(in.flip());
        }
        if (open().read(in) < 0) {
            throw new EOFException();
        }
        int headers = endOfHeaders();
        if (headers < 0) {
            return null;
        }
        String head = new String(in.array(), 0, headers, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        int length = Integer.parseInt(header(head, "content-length: ", "0"));
        if (in.position() < headers + length) {
            return null;
        }
        return answered(head, headers, length, now);
    }

    private Exchange answered(String head, int headers, int length, long now) {
        int status = Integer.parseInt(head.substring(9, 12));
        String answer = status == 503 ? "" : new String(in.array(), headers, length, StandardCharsets.UTF_8);
        Shot sent = java.util.Objects.requireNonNull(shot, "an answer without a question");
        Exchange exchange = new Exchange(
                sent,
                port,
                sentAt,
                now,
                status,
                !header(head, "retry-after: ", "").isEmpty(),
                answer);
        shot = null;
        in.clear();
        if (header(head, "connection: ", "").equals("close")) {
            close(now);
        }
        return exchange;
    }

    private int endOfHeaders() {
        byte[] bytes = in.array();
        for (int i = 0; i + 4 <= in.position(); i++) {
            if (bytes[i + 3] == '\n' && java.util.Arrays.equals(bytes, i, i + 4, END_OF_HEADERS, 0, 4)) {
                return i + 4;
            }
        }
        return -1;
    }

    private static String header(String head, String name, String otherwise) {
        int at = head.indexOf("\r\n" + name);
        int from = at + 2 + name.length();
        return at < 0 ? otherwise : head.substring(from, head.indexOf('\r', from));
    }

    /** Closes; gives the exchange that this leaves without an answer. */
    @Nullable
    Exchange broken(long now) {
        Shot lost = shot;
        shot = null;
        close(now);
        return lost == null ? null : new Exchange(lost, port, sentAt, now, 0, false, "");
    }

    boolean silentSince(long before) {
        return shot != null && sentAt < before;
    }

    private void close(long now) {
        in.clear();
        connectAt = now + RECONNECT_AFTER_NANOS;
        SocketChannel closing = channel;
        channel = null;
        try {
            if (closing != null) {
                closing.close();
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private SocketChannel open() {
        return java.util.Objects.requireNonNull(channel, "not connected");
    }
}
