package foldback.ledger;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What the fold is told. Kept in the database with every stream: a different value is reported at start and takes effect by a rebuild. */
@ConfigMapping(prefix = "foldback.fold")
public interface FoldConfig {

    /**
     * An ALERT this soon after its stream's last resolution reopens that incident instead of opening another, as a duration ({@code 10m},
     * {@code PT10M}). Default 0: never. Set it where rules flap and each flap should not count as an outage of its own.
     */
    @WithDefault("0s")
    Duration reopenWithin();
}
