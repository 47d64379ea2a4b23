package foldback.ledger;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Where callbacks go while the database does not commit. */
@ConfigMapping(prefix = "foldback.spool")
public interface SpoolConfig {

    /**
     * How long a callback waits for the database before it goes to the spool and is answered. Default 2 s, so that the answer comes well
     * within the 5 s after which CloudMonitor gives up. More than 4 s risks that; less than a commit takes at the worst of times sends
     * callbacks round by the spool for nothing.
     */
    @WithDefault("2s")
    Duration after();

    /**
     * How much the spool may hold, as a number of bytes or with a unit: bodies, and about 256 bytes each beside. When it is full, callbacks
     * are answered 503 with Retry-After. Default 1G, more than a million callbacks of CloudMonitor's usual size. Raise it where the
     * database may be away for longer than that lasts; on disk it takes up to a fifth more.
     */
    @WithDefault("1G")
    MemorySize maxSize();

    /**
     * The directory of the spool, used by one process at a time. Default: {@code spool} in the data directory. Set it to another disk than
     * the database's, so that a full one does not stop both. It must outlive the process: it holds callbacks that were answered.
     */
    Optional<Path> directory();
}
