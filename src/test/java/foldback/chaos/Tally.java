package foldback.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The exchanges of one load, counted as they end. Written by one thread; the counts can be read by any, the exchanges once it has ended. */
final class Tally {
    private static final Duration PROMPT = Duration.ofSeconds(1);

    private final List<Exchange> exchanges = new ArrayList<>();
    private final Map<Integer, LongAdder> byStatus = new ConcurrentHashMap<>();
    private final LongAdder spooled = new LongAdder();
    private final AtomicInteger prompt = new AtomicInteger();

    void add(@Nullable Exchange exchange) {
        if (exchange == null) {
            return;
        }
        exchanges.add(exchange);
        if (exchange.answer().startsWith("{\"status\":\"spooled\"")) {
            spooled.increment();
        }
        prompt.updateAndGet(inARow -> exchange.took().compareTo(PROMPT) < 0 ? inARow + 1 : 0);
        byStatus.computeIfAbsent(exchange.status(), status -> new LongAdder()).increment();
    }

    List<Exchange> exchanges() {
        return exchanges;
    }

    /** How many came back with this status so far; 0 for those that came back with none. */
    long count(int status) {
        LongAdder counted = byStatus.get(status);
        return counted == null ? 0 : counted.sum();
    }

    /** How many the sender may forget. */
    long acknowledged() {
        return count(200) + count(202) + count(422);
    }

    /** How many were answered with what became of them in the database. */
    long recorded() {
        return acknowledged() - spooled();
    }

    /** How many of the latest, in a row, were answered within a second. */
    int prompt() {
        return prompt.get();
    }

    long spooled() {
        return spooled.sum();
    }

    @Override
    public String toString() {
        return byStatus + ", spooled of them: " + spooled;
    }
}
