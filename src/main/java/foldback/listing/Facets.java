package foldback.listing;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The filters of one list by name, and those of which the name ends in a key of the client's. */
public final class Facets {
    private final Map<String, Facet> named = new HashMap<>();
    private final Map<String, Function<String, Facet>> keyed = new HashMap<>();

    public Facets with(String name, Facet facet) {
        named.put(name, facet);
        return this;
    }

    /** Filters for any key; the prefix has its dot, {@code dimensions.}. */
    public Facets withKeys(String prefix, Function<String, Facet> facetOfKey) {
        keyed.put(prefix, facetOfKey);
        return this;
    }

    /** What the filters among the parameters demand: values of one are OR, different ones AND. */
    public Where where(Parameters parameters) {
        Where where = new Where();
        each(parameters, (name, facet) -> {
            boolean excluding = name.endsWith("!");
            where.and(facet.condition(name, parameters.values(name), excluding));
        });
        return where;
    }

    private void each(Parameters parameters, BiConsumer<String, Facet> action) {
        // Sorted, so that the same list is the same text to the database.
        parameters.names().stream().sorted().forEach(name -> {
            Facet facet = find(name.endsWith("!") ? name.substring(0, name.length() - 1) : name);
            if (facet != null) {
                action.accept(name, facet);
            }
        });
    }

    private @Nullable Facet find(String name) {
        Facet facet = named.get(name);
        if (facet != null) {
            return facet;
        }
        return keyed.entrySet().stream()
                .filter(entry -> name.startsWith(entry.getKey()))
                .findFirst()
                .map(entry ->
                        entry.getValue().apply(name.substring(entry.getKey().length())))
                .orElse(null);
    }
}
