package foldback.incident;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One incident, with whether it has happened before.
 *
 * @param previousIncidentId the incident of the same stream before this one
 * @param previousResolvedAt when that ended
 * @param incidentsLast30Days how many incidents of the stream were opened within the 30 days to now, this one included
 */
public record IncidentDetail(
        @JsonUnwrapped IncidentView incident,
        @Nullable UUID previousIncidentId,
        @Nullable Instant previousResolvedAt,
        long incidentsLast30Days) {}
