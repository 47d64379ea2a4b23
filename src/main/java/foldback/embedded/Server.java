package foldback.embedded;

import foldback.embedded.EmbeddedPostgres.Unavailable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The server process. pg_ctl starts it in a session of its own: a Ctrl-C in the terminal reaches the service only, which
 * stops the server when it needs it no more.
 */
final class Server {
    private static final Logger LOG = Logger.getLogger(Server.class);
    /**
     * Twenty seconds in all: questions of lists are cut off after that, and with them the last process of a server that was killed. Reports
     * and exports may take longer; a start behind one of these fails, and succeeds later.
     */
    private static final List<Duration> PAUSES = Stream.of(100, 200, 400, 800, 1500, 3000, 3000, 3000, 4000, 4000)
            .map(Duration::ofMillis)
            .toList();

    private final Path cluster;
    private final Tools tools;
    private final int port;
    private volatile @Nullable ProcessHandle process;
    private boolean stopped;

    private Server(Path cluster, Tools tools, int port) {
        this.cluster = cluster;
        this.tools = tools;
        this.port = port;
    }

    static Server start(Path cluster, Tools tools) {
        new Server(cluster, tools, 0).stopOrphan();
        for (Duration pause : PAUSES) {
            Server server = new Server(cluster, tools, freePort());
            try {
                server.launch();
                return server;
            } catch (Unavailable e) {
                // Another program may have taken the port between the look and the use of it. Or a server was
                // killed and some of its processes are still ending: PostgreSQL starts beside none of them.
                LOG.warnf("PostgreSQL does not start on port %d yet: %s", server.port, e.getMessage());
                LockSupport.parkNanos(pause.toNanos());
            }
        }
        Server last = new Server(cluster, tools, freePort());
        last.launch();
        return last;
    }

    private void stopOrphan() {
        runningHere().ifPresent(orphan -> {
            LOG.warnf("PostgreSQL (process %d) has outlived the service that started it: stopping it", orphan.pid());
            pgCtl("stop", "-m", "fast", "-t", "120");
        });
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new Unavailable("There is no free port for PostgreSQL: " + e, e);
        }
    }

    int port() {
        return port;
    }

    boolean isAlive() {
        ProcessHandle current = process;
        return current != null && current.isAlive();
    }

    /** Returns when the server takes connections, which after a crash is when it has recovered. */
    synchronized void launch() {
        if (stopped) {
            return;
        }
        Path log = cluster.resolveSibling("postgresql-start.log");
        pgCtl("start", "-l", log.toString(), "-t", "600", "-o", ServerSettings.options(port));
        process = runningHere().orElseThrow(() -> new Unavailable("PostgreSQL ended at once; " + log + " may say why"));
    }

    /** Returns when the server has written its last checkpoint, or leaves it to end by itself where that takes long. */
    synchronized void stop() {
        stopped = true;
        if (!isAlive()) {
            return;
        }
        try {
            pgCtl("stop", "-m", "fast", "-t", "8");
        } catch (Unavailable e) {
            LOG.warn("PostgreSQL is still stopping; the next start waits for it", e);
        }
    }

    private void pgCtl(String action, String... arguments) {
        String[] all = new String[arguments.length + 4];
        all[0] = action;
        all[1] = "-w";
        all[2] = "-D";
        all[3] = cluster.toString();
        System.arraycopy(arguments, 0, all, 4, arguments.length);
        tools.run("pg_ctl", all);
    }

    /** The process of postmaster.pid, unless the machine has meanwhile given its number to another program. */
    private Optional<ProcessHandle> runningHere() {
        Path pidFile = cluster.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        try {
            long pid = Long.parseLong(Files.readAllLines(pidFile).get(0).strip());
            return ProcessHandle.of(pid).filter(this::servesThisDirectory);
        } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
            throw new Unavailable(pidFile + " cannot be read: " + e, e);
        }
    }

    private boolean servesThisDirectory(ProcessHandle handle) {
        return handle.info()
                .commandLine()
                .filter(line -> line.contains(cluster.toString()))
                .isPresent();
    }
}
