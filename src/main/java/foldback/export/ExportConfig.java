package foldback.export;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How exports are bounded. */
@ConfigMapping(prefix = "foldback.export")
public interface ExportConfig {

    /**
     * How long an export may take; one that takes longer is broken off. As long as it lasts it holds a snapshot of the database, which
     * keeps what changes meanwhile from being cleaned up, and one of four places. Default 15 minutes, tens of millions of rows for a
     * reader who keeps up; lower it where slow readers hold the places.
     */
    @WithDefault("15m")
    Duration longest();
}
