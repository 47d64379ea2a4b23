package foldback.ledger;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.OptionalInt;

/** How callbacks are gathered into transactions. */
@ConfigMapping(prefix = "foldback.committer")
public interface CommitterConfig {

    /**
     * How many transactions run at once; each lane records the streams that fall to it and holds one connection while it commits.
     * Default: one a processor, two at least, eight at most. More lanes help where commits are slow (a distant database), not where
     * processors are busy.
     */
    OptionalInt lanes();

    /**
     * How many callbacks may wait in each lane. When a lane is full its callbacks are answered 503 with Retry-After at once. Raise it
     * where storms are longer than the database is slow; each waiting callback holds its body in memory. Callbacks from the spool take no
     * more than half of the places.
     */
    @WithDefault("8192")
    int queue();

    /**
     * How many callbacks one transaction takes at most. Larger ones commit less often, and answer later. A transaction is also closed
     * by 8 MiB of bodies, or by 4,096 signals.
     */
    @WithDefault("512")
    int batch();
}
