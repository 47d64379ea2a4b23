package foldback.spool;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** Where callbacks go while the database does not commit. */
@ConfigMapping(prefix = "foldback.spool")
public interface SpoolConfig {

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
