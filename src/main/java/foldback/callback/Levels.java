package foldback.callback;

import foldback.fold.Level;
import foldback.fold.Signal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads levels: the words of {@code triggerLevel} and the numbers inside of {@code expression}. */
final class Levels {
    private Levels() {}

    /** Null where it is no level; CloudMonitor sends {@code OK} in its place on a recovery. */
    static @Nullable Level read(@Nullable String text) {
        if (text == null) {
            return null;
        }
        return switch (text) {
            case "2" -> Level.CRITICAL;
            case "3" -> Level.WARN;
            case "4" -> Level.INFO;
            default -> word(text);
        };
    }

    private static @Nullable Level word(String text) {
        for (Level level : Level.values()) {
            if (level.name().equalsIgnoreCase(text)) {
                return level;
            }
        }
        return null;
    }

    /** The level in force. Only bodies that know no {@code triggerLevel} have it in their expression. */
    static @Nullable Level inForce(Signal signal, FieldValues fields) {
        if (signal != Signal.ALERT) {
            return null;
        }
        String triggerLevel = fields.get(FieldName.TRIGGER_LEVEL);
        return triggerLevel != null ? read(triggerLevel) : common(Conditions.of(fields.get(FieldName.EXPRESSION)));
    }

    private static @Nullable Level common(List<Condition> conditions) {
        Level first = conditions.isEmpty() ? null : conditions.get(0).level();
        for (Condition condition : conditions) {
            if (!Objects.equals(condition.level(), first)) {
                return null;
            }
        }
        return first;
    }
}
