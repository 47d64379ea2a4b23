package foldback.incident;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import foldback.fold.Explanation;
import foldback.fold.Field;
import foldback.repetition.EntityTag;
import foldback.repetition.Tagged;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One incident, with whether it has happened before.
 *
 * @param previousIncidentId the incident of the same stream before this one
 * @param previousResolvedAt when that ended
 * @param incidentsLast30Days how many incidents of the stream were opened within the 30 days to now, this one included
 * @param tag names the incident's version, whatever the clock says
 * @param explain the event that each field of the incident came from, null for a field that none set; missing unless it was asked for
 */
public record IncidentDetail(
        @JsonUnwrapped IncidentView incident,
        @Nullable UUID previousIncidentId,
        @Nullable Instant previousResolvedAt,
        long incidentsLast30Days,
        @JsonIgnore EntityTag tag,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Map<String, @Nullable UUID> explain)
        implements Tagged {

    IncidentDetail explained(Explanation explanation) {
        Map<String, @Nullable UUID> byKey = new LinkedHashMap<>();
        for (Field field : Field.values()) {
            byKey.put(field.key(), explanation.setBy().get(field));
        }
        return with(tag.variant("explain"), byKey);
    }

    /** What was recorded by an instant has no version of its own, and no clock: it is named by all that it says. */
    IncidentDetail asOf(Instant instant) {
        String said = String.join(
                "\n",
                instant.toString(),
                incident.toString(),
                Objects.toString(previousIncidentId),
                Objects.toString(previousResolvedAt),
                Long.toString(incidentsLast30Days),
                Objects.toString(explain));
        return with(EntityTag.strong("asOf").variant(said), explain);
    }

    private IncidentDetail with(EntityTag newTag, @Nullable Map<String, @Nullable UUID> newExplain) {
        return new IncidentDetail(
                incident, previousIncidentId, previousResolvedAt, incidentsLast30Days, newTag, newExplain);
    }
}
