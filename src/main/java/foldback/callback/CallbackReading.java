package foldback.callback;

import foldback.ledger.Reading;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What reading a callback's body came to. All of the body was read, or none of it. */
public sealed interface CallbackReading {

    /**
     * Threshold alerts, ready to be recorded.
     *
     * @param readings one a dimension object, at least one
     * @param parts the bytes that {@link Reading#part()} counts: each element of a JSON array as it arrived, otherwise the body alone
     */
    record Read(List<Reading> readings, List<byte[]> parts) implements CallbackReading {
        public Read {
            readings = List.copyOf(readings);
            parts = List.copyOf(parts);
        }
    }

    /** A body that goes to quarantine. */
    sealed interface NotRead extends CallbackReading {
        Kind kind();

        /** One sentence for a person, which names what is wrong. */
        String reason();

        /** CloudMonitor's name of the field at fault, null where it is the body as a whole. */
        @Nullable
        String field();
    }

    /** Well-formed, but no threshold alert: it has no {@code alertState}. Sending it again would not help. */
    record NoAlert(Kind kind, String reason, @Nullable String field) implements NotRead {}

    /** Neither JSON nor a form, or an alert that says nothing definite. */
    record Unreadable(String reason, @Nullable String field) implements NotRead {
        @Override
        public Kind kind() {
            return Kind.INVALID;
        }
    }

    /** What a body that was not read seems to be. */
    enum Kind {
        /** A system event, which the same console posts to the same kind of URL. */
        EVENT("event"),
        /** The message of another channel, or a form that somebody made up. */
        OTHER("other"),
        INVALID("invalid");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** As the quarantine table and the API spell it. */
        public String word() {
            return word;
        }
    }
}
