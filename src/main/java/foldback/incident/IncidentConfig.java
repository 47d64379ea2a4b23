package foldback.incident;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How incidents are read. */
@ConfigMapping(prefix = "foldback")
public interface IncidentConfig {

    /**
     * An open incident that has been silent for longer than this is {@code stale}: its OK was probably lost, or its rule deleted. A
     * duration ({@code 25h}, {@code PT25H}). Default 25h, since CloudMonitor repeats a firing alert once per mute period, every 24 h
     * unless the rule says otherwise. Change it where your rules have longer or shorter mute periods.
     */
    @WithDefault("25h")
    Duration staleAfter();
}
