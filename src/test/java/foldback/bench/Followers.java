package foldback.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntFunction;

/**
 * Many who follow the live feed, read by one thread. All read everything; of some each event is noted, with when it came: to do so for all
 * would take the processor that the service needs.
 */
final class Followers implements AutoCloseable {
    private static final int NOTED_OF = 21;
    private static final byte[] ID = bytes("id: ");
    private static final byte[] EVENT = bytes("event: ");

    /** @param position the id of the event */
    record Arrival(String position, long epochMicros) {}

    private final Selector selector = Selector.open();
    private final List<Follower> followers = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 18);
    private final Thread reader = new Thread(this::run, "followers");
    private volatile boolean closing;

    /** @param query of each, by its number, with its question mark */
    Followers(int port, int count, IntFunction<String> query) throws IOException {
        for (int i = 0; i < count; i++) {
            followers.add(new Follower(port, query.apply(i), i % NOTED_OF == 0));
        }
        reader.setDaemon(true);
        reader.start();
    }

    private final class Follower {
        private final SocketChannel channel;
        private final boolean noted;
        private final byte[] line = new byte[64];
        private final List<Arrival> arrivals = new ArrayList<>();
        private int length;
        private String id = "";
        private final LongAdder bytes = new LongAdder();
        private final LongAdder events = new LongAdder();
        private volatile boolean ended;

        Follower(int port, String query, boolean noted) throws IOException {
            this.noted = noted;
            this.channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.write(ByteBuffer.wrap(bytes("GET /api/live" + query + " HTTP/1.1\r\nHost: localhost\r\n\r\n")));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, this);
        }

        void read() throws IOException {
            buffer.clear();
            int read = channel.read(buffer);
            if (read < 0) {
                ended = true;
                channel.close();
                return;
            }
            bytes.add(read);
            if (noted) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    take(buffer.get());
                }
            }
        }

        private void take(byte next) {
            if (next == '\n') {
                end();
                length = 0;
            } else if (length < line.length) {
                line[length++] = next;
            }
        }

        private void end() {
            if (begins(ID)) {
                id = new String(line, ID.length, length - ID.length, StandardCharsets.US_ASCII);
            } else if (begins(EVENT)) {
                Instant now = Instant.now();
                arrivals.add(new Arrival(id, now.getEpochSecond() * 1_000_000 + now.getNano() / 1000));
                events.increment();
            }
        }

        private boolean begins(byte[] prefix) {
            if (length < prefix.length) {
                return false;
            }
            for (int i = 0; i < prefix.length; i++) {
                if (line[i] != prefix[i]) {
                    return false;
                }
            }
            return true;
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private void run() {
        try {
            while (!closing) {
                selector.select(
                        key -> {
                            try {
                                ((Follower) key.attachment()).read();
                            } catch (IOException e) {
                                ((Follower) key.attachment()).ended = true;
                                key.cancel();
                            }
                        },
                        200);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many have been sent something, the beginning of their stream at least, and are still there. */
    long following() {
        return followers.stream()
                .filter(follower -> follower.bytes.sum() > 0 && !follower.ended)
                .count();
    }

    /** The events of those who are noted, together. */
    long events() {
        return followers.stream().mapToLong(follower -> follower.events.sum()).sum();
    }

    long bytes() {
        return followers.stream().mapToLong(follower -> follower.bytes.sum()).sum();
    }

    /** How many are noted of so many. */
    static int noted(int count) {
        return (count + NOTED_OF - 1) / NOTED_OF;
    }

    /** Once closed. */
    List<Arrival> arrivals() {
        return followers.stream()
                .flatMap(follower -> follower.arrivals.stream())
                .toList();
    }

    @Override
    public void close() throws IOException {
        closing = true;
        selector.wakeup();
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Follower follower : followers) {
            follower.channel.close();
        }
        selector.close();
    }
}
