package foldback.incident;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is open of one group.
 *
 * @param group what its incidents have in common, by the name of the field: null where they do not have it
 * @param open how many are open
 * @param acknowledged how many of these somebody has seen
 * @param worstLevel the worst of their levels, null where none has one
 * @param oldestOpenedAt since when the first of them has been open
 */
public record SummaryRow(
        Map<String, @Nullable String> group,
        long open,
        long acknowledged,
        @Nullable String worstLevel,
        Instant oldestOpenedAt) {}
