package foldback.live;

import foldback.incident.IncidentView;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Supplier;

/**
 * What a subscriber wants to hear of.
 *
 * @param text the same for the same filter, so that it is asked once for all who have it
 * @param test decides on an incident, with a supplier of its notes
 */
record LiveFilter(String text, BiPredicate<IncidentView, Supplier<List<String>>> test) {}
