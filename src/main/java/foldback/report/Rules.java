package foldback.report;

import foldback.listing.Parameters;
import jakarta.persistence.Tuple;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rules of a noise report while they are put together. They are held, so there is a bound: what exceeds it is refused, never cut. */
final class Rules {
    static final int MOST = 20_000;

    /** Names may be as long as a callback. */
    private static final long MOST_TEXT = 8 << 20;

    private static final double MICROS = 1e6;

    private static final Comparator<@Nullable String> NAME = Comparator.nullsLast(Comparator.naturalOrder());

    /** The noisiest first. */
    private static final Comparator<NoiseRow> ORDER = Comparator.comparingLong(NoiseRow::alerts)
            .reversed()
            .thenComparing(NoiseRow::ruleId, NAME)
            .thenComparing(NoiseRow::alertName, NAME);

    private final Map<Key, Rule> rules = new HashMap<>();
    private long text;

    /**
     * What tells a rule from others.
     *
     * @param name the alert name of a rule that has no id
     */
    private record Key(@Nullable String id, @Nullable String name) {}

    /** What the queries say of a rule; null where one of them says nothing. */
    private static final class Rule {
        private @Nullable Tuple incidents;
        private @Nullable Tuple signals;
        private long recoveries;

        /** Whether it has an incident of the cohort, or a signal in the window. */
        boolean isHeard() {
            return signals != null || count(incidents, "incidents") > 0 || count(incidents, "alerts") > 0;
        }

        NoiseRow row(Key key) {
            long known = count(incidents, "known_short");
            return new NoiseRow(
                    key.id,
                    name(key),
                    count(incidents, "alerts"),
                    count(incidents, "incidents"),
                    known == 0 ? null : (double) count(incidents, "short") / known,
                    count(incidents, "flaps"),
                    count(signals, "oks") - recoveries,
                    count(incidents, "open"),
                    count(incidents, "stale"),
                    seconds("lag_median"),
                    seconds("lag_max"));
        }

        private @Nullable String name(Key key) {
            String heard = name(signals);
            return key.id == null ? key.name : heard == null ? name(incidents) : heard;
        }

        private static @Nullable String name(@Nullable Tuple row) {
            return row == null ? null : row.get("alert_name", String.class);
        }

        private static long count(@Nullable Tuple row, String column) {
            return row == null ? 0 : row.get(column, Long.class);
        }

        private @Nullable BigDecimal seconds(String column) {
            Double seconds = signals == null ? null : signals.get(column, Double.class);
            return seconds == null ? null : Micros.seconds(seconds * MICROS);
        }
    }

    void addIncidents(Tuple row) {
        of(row).incidents = row;
    }

    void addSignals(Tuple row) {
        of(row).signals = row;
    }

    /** Of rules whose signals are known. */
    void addRecoveries(Tuple row) {
        of(row).recoveries = row.get("recoveries", Long.class);
    }

    private Rule of(Tuple row) {
        Key key = new Key(row.get("k1", String.class), row.get("k2", String.class));
        Rule known = rules.get(key);
        if (known != null) {
            return known;
        }
        text += length(key.id) + length(key.name);
        if (rules.size() == MOST || text > MOST_TEXT) {
            throw Parameters.refused(
                    "ruleId",
                    "leaves more than " + MOST
                            + " rules, or some whose names are too long together: filter by it, or by something else");
        }
        Rule rule = new Rule();
        rules.put(key, rule);
        return rule;
    }

    private static int length(@Nullable String name) {
        return name == null ? 0 : name.length();
    }

    /** In their order. */
    List<NoiseRow> rows() {
        return rules.entrySet().stream()
                .filter(entry -> entry.getValue().isHeard())
                .map(entry -> entry.getValue().row(entry.getKey()))
                .sorted(ORDER)
                .toList();
    }
}
