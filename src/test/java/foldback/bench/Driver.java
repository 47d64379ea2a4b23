package foldback.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Posts callbacks as fast as they are answered, or at a given rate, over a number of kept connections, from a process of its own and on
 * one thread. At a rate, latency is counted from when a callback was due, not from when it could be sent: a sender that waits for a slow
 * answer does not hide the delay of those behind it.
 */
final class Driver {
    private static final Duration PATIENCE = Duration.ofNanos(200_000);

    private final Plan plan;
    private final Selector selector;
    private final Deque<Line> idle = new ArrayDeque<>();
    private final Histogram latencies = new Histogram(TimeUnit.MINUTES.toMicros(2), 3);
    private long sent;
    private long answered;
    private long recorded;
    private long unavailable;
    private long started;

    private Driver(Plan plan) throws IOException {
        this.plan = plan;
        this.selector = Selector.open();
    }

    public static void main(String[] arguments) throws IOException {
        Plan plan = Plan.parse(arguments);
        System.out.println(new Driver(plan).run());
    }

    private Plan.Result run() throws IOException {
        for (int i = 0; i < plan.connections(); i++) {
            idle.add(new Line());
        }
        started = System.nanoTime();
        while (answered < plan.count()) {
            sendWhatIsDue();
            if (plan.rate() == 0) {
                selector.select(key -> ((Line) key.attachment()).readable(), 1);
            } else {
                // A selector waits for whole milliseconds, which would be counted as the service's.
                LockSupport.parkNanos(PATIENCE.toNanos());
                selector.selectNow(key -> ((Line) key.attachment()).readable());
            }
        }
        double seconds = (System.nanoTime() - started) / 1e9;
        return new Plan.Result(
                seconds,
                recorded,
                unavailable,
                answered - recorded - unavailable,
                latencies.getValueAtPercentile(50),
                latencies.getValueAtPercentile(99),
                latencies.getValueAtPercentile(99.9));
    }

    private void sendWhatIsDue() {
        while (!idle.isEmpty() && sent < plan.count()) {
            long due = plan.rate() == 0 ? System.nanoTime() : started + (long) (sent * 1e9 / plan.rate());
            if (due > System.nanoTime()) {
                return;
            }
            idle.pop().send(plan.number(sent++), due);
        }
    }

    /** One connection, with one callback under way at most. */
    private final class Line {
        private final SocketChannel channel;
        private final ByteBuffer out = ByteBuffer.allocateDirect(4096);
        private final ByteBuffer in = ByteBuffer.allocateDirect(8192);
        private long due;

        Line() throws IOException {
            channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), plan.port()));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, this);
        }

        void send(long number, long itsDue) {
            due = itsDue;
            plan.traffic().put(number, out.clear());
            out.flip();
            try {
                while (out.hasRemaining()) {
                    channel.write(out);
                }
            } catch (IOException e) {
                throw new IllegalStateException("callback " + number + " could not be sent", e);
            }
        }

        void readable() {
            try {
                if (channel.read(in) < 0) {
                    throw new IllegalStateException("the service closed a connection");
                }
            } catch (IOException e) {
                throw new IllegalStateException("an answer could not be read", e);
            }
            if (complete()) {
                count();
                in.clear();
                idle.push(this);
                sendWhatIsDue();
            }
        }

        private void count() {
            answered++;
            int status = (in.get(9) - '0') * 100 + (in.get(10) - '0') * 10 + in.get(11) - '0';
            if (status == 200) {
                recorded++;
            } else if (status == 503) {
                unavailable++;
            }
            latencies.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - due));
        }

        private boolean complete() {
            byte[] bytes = new byte[in.position()];
            in.get(0, bytes);
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            int body = text.indexOf("\r\n\r\n") + 4;
            if (body < 4) {
                return false;
            }
            String head = text.substring(0, body).toLowerCase(Locale.ROOT);
            int length = head.indexOf("content-length: ") + "content-length: ".length();
            return bytes.length - body >= Integer.parseInt(head.substring(length, head.indexOf('\r', length)));
        }
    }
}
