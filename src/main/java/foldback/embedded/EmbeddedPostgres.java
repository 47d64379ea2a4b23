package foldback.embedded;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL of the service's own. While it is open, this process alone has the data directory; the server listens on
 * loopback only, asks for a password, writes durably, and is started again should it die. Closing it stops it cleanly.
 *
 * <p>The server runs from the archive that is on the class path, without the library that usually starts it: that one
 * trusts every local user and switches fsync off, both of which it is right to do in tests only.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private final DataDirectory directory;
    private final Credentials credentials;
    private final Server server;
    private final Guardian guardian;

    private EmbeddedPostgres(DataDirectory directory, Credentials credentials, Server server) {
        this.directory = directory;
        this.credentials = credentials;
        this.server = server;
        this.guardian = new Guardian(server);
    }

    /**
     * Takes the directory, creates what is missing in it, stops a server that outlived its service, and starts its own.
     *
     * @throws Unavailable with a message for whoever started the service
     */
    public static EmbeddedPostgres start(Path dataDir) {
        DataDirectory directory = DataDirectory.claim(dataDir);
        try {
            Credentials credentials = Credentials.readOrCreate(directory.credentials());
            Tools tools = new Tools(Binaries.unpack(directory));
            Cluster.ensure(directory, tools, credentials);
            Server server = Server.start(directory.cluster(), tools);
            return new EmbeddedPostgres(directory, credentials, server).guarded();
        } catch (RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    private EmbeddedPostgres guarded() {
        guardian.begin();
        return this;
    }

    /** Stays the same when the server had to be started again. */
    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + server.port() + "/" + Cluster.DATABASE;
    }

    /** No superuser: what is revoked from a superuser stays allowed. */
    public String username() {
        return Cluster.ROLE;
    }

    /** Made at the first start; kept in the data directory, readable by its owner only. */
    public String password() {
        return credentials.application();
    }

    @Override
    public void close() {
        guardian.close();
        server.stop();
        directory.close();
    }

    /** PostgreSQL cannot be had, for a reason that whoever started the service can act on. */
    public static final class Unavailable extends RuntimeException {
        Unavailable(String message) {
            super(message);
        }

        Unavailable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
