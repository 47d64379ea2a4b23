package foldback.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a report says of one group; {@link Definitions} has the words for each column. Counts of nothing are 0, all else of nothing is null.
 *
 * @param group the value of each key, null where the incidents have none
 * @param change only where the window before is compared
 */
public record ReportRow(
        Map<String, @Nullable Object> group,
        long incidents,
        long resolved,
        long open,
        @Nullable BigDecimal oldestOpenSeconds,
        long acknowledged,
        @Nullable Double uncertainEndShare,
        @Nullable BigDecimal ttrMeanSeconds,
        @Nullable BigDecimal ttrMedianSeconds,
        @Nullable BigDecimal ttrP75Seconds,
        @Nullable BigDecimal ttrP90Seconds,
        @Nullable BigDecimal ttrP95Seconds,
        @Nullable BigDecimal ttrMaxSeconds,
        @Nullable BigDecimal ttrMeanEarliestSeconds,
        @Nullable BigDecimal ttrMedianEarliestSeconds,
        @Nullable BigDecimal ttrMedianSurvivalSeconds,
        @Nullable BigDecimal ttrMedianSurvivalSecondsLow,
        @Nullable BigDecimal ttrMedianSurvivalSecondsHigh,
        @Nullable BigDecimal ttrRestrictedMeanSeconds,
        @Nullable BigDecimal ttaMeanSeconds,
        @Nullable BigDecimal ttaMedianSeconds,
        @Nullable BigDecimal ttaP90Seconds,
        @Nullable BigDecimal mtbfSeconds,
        @Nullable Double refireWithin24hShare,
        @Nullable Double withinTargetShare,
        BigDecimal openSecondsTotal,
        BigDecimal unobservedSecondsTotal,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Change change) {}
