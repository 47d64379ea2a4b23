package foldback.report;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a noise report says of one rule; {@link Definitions} has the words for each column. Counts of nothing are 0, all else of nothing is null.
 *
 * @param ruleId null for the generations of callbacks that had none; such rules are told by their alert names
 */
public record NoiseRow(
        @Nullable String ruleId,
        @Nullable String alertName,
        long alerts,
        long incidents,
        @Nullable Double shorterThan5MinutesShare,
        long flaps,
        long strays,
        long neverResolved,
        long stale,
        @Nullable BigDecimal deliveryLagMedianSeconds,
        @Nullable BigDecimal deliveryLagMaxSeconds) {}
