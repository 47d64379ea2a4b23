package foldback.callback;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What is taken from CloudMonitor. */
@ConfigMapping(prefix = "foldback.callback")
public interface CallbackConfig {

    /**
     * The longest body that is taken, as a number of bytes or with a unit ({@code 256K}). A longer one is refused with 413 while it
     * arrives. Default 256 KiB, hundreds of times what CloudMonitor sends; raise it only for relays that gather alerts.
     */
    @WithDefault("256K")
    MemorySize maxBody();
}
