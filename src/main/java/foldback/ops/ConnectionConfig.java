package foldback.ops;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How connections are dealt with. */
@ConfigMapping(prefix = "foldback.connection")
public interface ConnectionConfig {

    /**
     * How long a connection may take to send a request wholly, from its beginning or from the last answer on: slow, silent and vanished
     * senders are closed after it. Answers may take longer. Default 75 seconds, a little more than proxies keep a connection that they
     * do not use, so that none is closed under a request of theirs; lower it where hostile senders hold many connections.
     */
    @WithDefault("75s")
    Duration patience();
}
