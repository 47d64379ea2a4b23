package foldback.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** For what must keep its port over restarts. */
public final class FreePort {
    private FreePort() {}

    /** One that nobody listens on. */
    public static int find() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
