package foldback.incident;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What became of each of many actions, in the order in which the incidents were named. */
public record BulkAnswer(List<Result> results) {
    /**
     * What became of one.
     *
     * @param id as it was named
     * @param status what the action on this incident alone would have been answered with
     * @param incident as it is by then; null where nothing was done, or where the texts of those before it are more than 8 MiB
     * @param problem why nothing was done; null where it was
     */
    public record Result(
            String id,
            int status,
            @Nullable IncidentView incident,
            @Nullable Map<String, Object> problem) {}
}
