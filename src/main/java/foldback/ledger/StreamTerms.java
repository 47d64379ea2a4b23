package foldback.ledger;

import foldback.fold.Display;
import foldback.fold.StreamKey;
import foldback.search.Terms;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** What a stream and its incidents are found by. */
public final class StreamTerms {
    private StreamTerms() {}

    /** The terms of what makes the stream and of all names, with blanks between; null where they are too many. */
    public static @Nullable String of(StreamKey key, Collection<Display> names) {
        Terms terms = new Terms()
                .value("userId", key.userId())
                .value("ruleId", key.ruleId())
                .text(key.ruleId());
        key.dimensions().values().forEach(terms::text);
        names.forEach(display -> add(terms, display));
        return terms.joined();
    }

    private static void add(Terms terms, Display display) {
        terms.value("namespace", display.namespace())
                .value("metricName", display.metricName())
                .value("regionId", display.regionId())
                .value("groupId", display.groupId())
                .value("instanceName", display.instanceName())
                .text(display.alertName())
                .text(display.namespace())
                .text(display.metricName())
                .text(display.instanceName());
        display.labels()
                .forEach((key, value) ->
                        terms.value("label." + key, value).text(key).text(value));
    }
}
