package foldback.embedded;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** Where the service keeps what it writes to local disk. */
@ConfigMapping(prefix = "foldback")
public interface DataSettings {
    /**
     * The directory of the embedded PostgreSQL: its programs, its data, its passwords; and of the spool. Made where it is
     * missing, closed to other users, and used by one process at a time. Relative to the directory that the service is
     * started in. Default {@code data}. Set it to a disk that is backed up. With a PostgreSQL of your own only the spool is
     * in it.
     */
    @WithDefault("data")
    Path dataDir();
}
