package foldback.incident;

import foldback.problem.Query;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The query parameters of every list of incidents. */
@IncidentFilters
@Query(single = {"since", "until", "time", "at", "asOf", "sort", "limit", "cursor", "count"})
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface IncidentQuery {}
