package foldback.ledger;

import foldback.fold.Display;
import foldback.fold.StreamKey;
import foldback.search.Terms;
import foldback.search.Texts;
import java.util.Collection;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a stream and its incidents are found by. */
public final class StreamTerms {
    private StreamTerms() {}

    /** The terms of what makes the stream and of all names, with blanks between; null where they are too many. */
    public static @Nullable String of(StreamKey key, Collection<Display> names) {
        Terms terms = new Terms().value("userId", key.userId()).value("ruleId", key.ruleId());
        names.forEach(display -> add(terms, display));
        eachText(key, names, terms::text);
        return terms.joined();
    }

    /** The texts of the same, in which words are looked for; null where they are too long. */
    public static @Nullable String texts(StreamKey key, Collection<Display> names) {
        Texts texts = new Texts();
        eachText(key, names, texts::text);
        return texts.joined();
    }

    private static void add(Terms terms, Display display) {
        terms.value("namespace", display.namespace())
                .value("metricName", display.metricName())
                .value("regionId", display.regionId())
                .value("groupId", display.groupId())
                .value("instanceName", display.instanceName());
        display.labels().forEach((key, value) -> terms.value("label." + key, value));
    }

    private static void eachText(StreamKey key, Collection<Display> names, Consumer<@Nullable String> taker) {
        taker.accept(key.ruleId());
        key.dimensions().values().forEach(taker);
        for (Display display : names) {
            taker.accept(display.alertName());
            taker.accept(display.namespace());
            taker.accept(display.metricName());
            taker.accept(display.instanceName());
            display.labels().forEach((label, value) -> {
                taker.accept(label);
                taker.accept(value);
            });
        }
    }
}
