package foldback.fold;

import org.jspecify.annotations.Nullable;

/**
 * What CloudMonitor said in one signal, apart from when.
 *
 * @param level the level in force; null on OK and INSUFFICIENT_DATA, and where none was sent
 * @param previousLevel {@code preTriggerLevel} where it is a level
 * @param curValue the metric's value as sent, a JSON number as its literal
 * @param transId the episode: minted when the alert begins, repeated until it clears
 */
public record Said(
        Signal signal,
        @Nullable Level level,
        @Nullable Level previousLevel,
        @Nullable String curValue,
        @Nullable String transId,
        Display display) {}
