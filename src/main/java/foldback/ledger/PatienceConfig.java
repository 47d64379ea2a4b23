package foldback.ledger;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long callbacks wait for the database. */
@ConfigMapping(prefix = "foldback.spool")
public interface PatienceConfig {

    /**
     * How long a callback waits for the database before it goes to the spool and is answered. Default 2 s, so that the answer comes well
     * within the 5 s after which CloudMonitor gives up. More than 4 s risks that; less than a commit takes at the worst of times sends
     * callbacks round by the spool for nothing.
     */
    @WithDefault("2s")
    Duration after();
}
