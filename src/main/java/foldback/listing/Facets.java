package foldback.listing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    /** One filter among the parameters. */
    @FunctionalInterface
    public interface Use {
        /**
         * Takes one.
         *
         * @param name without its {@code !}
         */
        void of(String name, Facet facet, List<String> values, boolean excluding);
    }

    /** What the filters among the parameters demand: values of one are OR, different ones AND. */
    public Where where(Parameters parameters) {
        Where where = new Where();
        each(parameters, (name, facet, values, excluding) -> {
            where.and(facet.condition(excluding ? name + "!" : name, values, excluding));
        });
        return where;
    }

    /** The filters that are used. */
    public void each(Parameters parameters, Use use) {
        // Sorted, so that the same list is the same text to the database.
        parameters.names().stream().sorted().forEach(parameter -> {
            boolean excluding = parameter.endsWith("!");
            String name = excluding ? parameter.substring(0, parameter.length() - 1) : parameter;
            Facet facet = find(name);
            if (facet != null) {
                use.of(name, facet, parameters.values(parameter), excluding);
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
