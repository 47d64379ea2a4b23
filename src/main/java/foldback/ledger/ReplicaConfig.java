package foldback.ledger;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** What belongs to this process among those that share the database. */
@ConfigMapping(prefix = "foldback")
public interface ReplicaConfig {

    /**
     * The name of this process among those that share the database. Default: the name of the host and the port. Set it where several
     * containers report the same host name; two processes of one name wait for each other's counts.
     */
    Optional<String> replica();
}
