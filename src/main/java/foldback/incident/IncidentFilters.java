package foldback.incident;

import foldback.problem.Query;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The filters of {@link IncidentFilter} that do not speak of time, as query parameters. */
@Query(
        filters = {
            "status",
            "stale",
            "userId",
            "ruleId",
            "alertName",
            "namespace",
            "metricName",
            "level",
            "peakLevel",
            "regionId",
            "groupId",
            "instanceName",
            "dimensions.*",
            "label.*",
            "acknowledged",
            "q"
        })
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
public @interface IncidentFilters {}
