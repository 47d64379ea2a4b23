package foldback.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A way to a server on this machine that can be cut, or fall silent as when a host or a network is gone. */
public final class Cable implements AutoCloseable {
    private enum State {
        PLUGGED,
        CUT,
        SILENT
    }

    private final ServerSocket entrance;
    private final int target;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private volatile State state = State.PLUGGED;
    /** What was connected before does not come back. */
    private final AtomicInteger generation = new AtomicInteger();

    private Cable(ServerSocket entrance, int target) {
        this.entrance = entrance;
        this.target = target;
    }

    /** Plugged in. */
    public static Cable to(int target) throws IOException {
        Cable cable = new Cable(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
        daemon(cable::accept);
        return cable;
    }

    public int port() {
        return entrance.getLocalPort();
    }

    /** Connections end, and new ones end at once. */
    public void cut() throws IOException {
        state = State.CUT;
        for (Socket socket : open) {
            socket.close();
        }
        open.clear();
    }

    /** Connections stay and carry nothing any more; new ones carry nothing either. */
    public void silence() {
        generation.incrementAndGet();
        state = State.SILENT;
    }

    /** New connections get through again. */
    public void plug() {
        state = State.PLUGGED;
    }

    private void accept() {
        while (true) {
            try {
                Socket client = entrance.accept();
                open.add(client);
                connect(client);
            } catch (IOException e) {
                if (entrance.isClosed()) {
                    return;
                }
            }
        }
    }

    private void connect(Socket client) throws IOException {
        if (state == State.CUT) {
            client.close();
        } else if (state == State.PLUGGED) {
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            open.add(server);
            int since = generation.get();
            daemon(() -> carry(client, server, since));
            daemon(() -> carry(server, client, since));
        }
    }

    private void carry(Socket from, Socket to, int since) {
        try {
            if (forward(from.getInputStream(), to.getOutputStream(), since)) {
                from.close();
                to.close();
            }
        } catch (IOException e) {
            // One end is gone, and the other is told where it can still be.
            closeQuietly(to);
        }
    }

    /** Until the sender has ended; false where the cable has fallen silent, so that nobody may be told of it. */
    private boolean forward(InputStream in, OutputStream out, int since) throws IOException {
        byte[] buffer = new byte[65_536];
        for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
            if (since != generation.get()) {
                in.transferTo(OutputStream.nullOutputStream());
                return false;
            }
            out.write(buffer, 0, length);
        }
        return since == generation.get();
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "cable");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        cut();
    }
}
