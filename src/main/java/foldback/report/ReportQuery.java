package foldback.report;

import foldback.incident.IncidentFilters;
import foldback.problem.Query;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The query parameters that choose the incidents of every report, and the clock and zone that it is read by. */
@IncidentFilters
@Query(single = {"since", "until", "cohort", "tz", "asOf"})
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface ReportQuery {}
