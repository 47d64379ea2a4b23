package foldback.live;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The live feed. */
@ConfigMapping(prefix = "foldback.live")
public interface LiveConfig {

    /**
     * How long the feed is kept, so that a client can resume from where it was: an id that is older is answered 410, and the client begins
     * anew. A duration ({@code 24h}, {@code PT24H}). Default 24h. A changed incident takes about 200 bytes; shorten it where disk is short, and lengthen
     * it where clients are away for longer. All processes on one database should say the same.
     */
    @WithDefault("24h")
    Duration keep();
}
