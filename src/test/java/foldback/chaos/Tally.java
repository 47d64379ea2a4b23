package foldback.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The exchanges of one load, counted as they end. Written by one thread; the counts can be read by any, the exchanges once it has ended. */
final class Tally {
    private final List<Exchange> exchanges = new ArrayList<>();
    private final Map<Integer, LongAdder> byStatus = new ConcurrentHashMap<>();
    private final LongAdder spooled = new LongAdder();

    void add(@Nullable Exchange exchange) {
        if (exchange == null) {
            return;
        }
        exchanges.add(exchange);
        if (exchange.answer().startsWith("{\"status\":\"spooled\"")) {
            spooled.increment();
        }
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

    long spooled() {
        return spooled.sum();
    }

    @Override
    public String toString() {
        return byStatus + ", spooled of them: " + spooled;
    }
}
