package foldback.fold;

import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The values of an incident's metric and its levels while one event acts on it; notes which fields the event set. */
final class DraftValues {
    private final Set<Field> set;

    private @Nullable Level level;
    private @Nullable Level peakLevel;
    private @Nullable String opening;
    private @Nullable String current;
    private @Nullable String recovery;
    private Extremes extremes = Extremes.NONE;

    /** Of a new incident. */
    DraftValues(Set<Field> set) {
        this.set = set;
    }

    DraftValues(Incident incident, Set<Field> set) {
        this.set = set;
        level = incident.level();
        peakLevel = incident.peakLevel();
        opening = incident.openingValue();
        current = incident.currentValue();
        recovery = incident.recoveryValue();
        extremes = incident.extremes();
    }

    @Nullable
    Level level() {
        return level;
    }

    @Nullable
    Level peakLevel() {
        return peakLevel;
    }

    @Nullable
    String opening() {
        return opening;
    }

    @Nullable
    String current() {
        return current;
    }

    @Nullable
    String recovery() {
        return recovery;
    }

    Extremes extremes() {
        return extremes;
    }

    void open(@Nullable String value) {
        opening = value;
        set.add(Field.OPENING_VALUE);
    }

    void hear(@Nullable String value) {
        if (value != null) {
            current = value;
            set.add(Field.CURRENT_VALUE);
        }
    }

    void raise(@Nullable Level newLevel) {
        if (newLevel == null) {
            return;
        }
        level = newLevel;
        set.add(Field.LEVEL);
        if (peakLevel == null || newLevel.worseThan(peakLevel)) {
            peakLevel = newLevel;
            set.add(Field.PEAK_LEVEL);
        }
    }

    /** The worst value may also change because the expression does. */
    void widen(@Nullable String value, @Nullable String expressionBefore, @Nullable String expression) {
        String worstBefore = extremes.worst(expressionBefore);
        extremes = extremes.with(value);
        if (!Objects.equals(worstBefore, extremes.worst(expression))) {
            set.add(Field.WORST_VALUE);
        }
    }

    /** Null where the incident was reopened. */
    void recover(@Nullable String value) {
        recovery = value;
        set.add(Field.RECOVERY_VALUE);
    }
}
