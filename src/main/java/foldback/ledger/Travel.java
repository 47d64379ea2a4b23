package foldback.ledger;

import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** How the values of a column travel to the database: as the elements of an array, in the driver's binary form where it has one. */
enum Travel {
    UUIDS("uuid"),
    BYTES("bytea"),
    INTEGERS("int4"),
    LONGS("int8"),
    BOOLEANS("bool"),
    /** An {@link Instant}, as microseconds since 1970: as precise as the database keeps it. */
    MICROS("int8"),
    TEXTS("text");

    private final String element;

    Travel(String element) {
        this.element = element;
    }

    static Travel of(String type) {
        return switch (type) {
            case "uuid" -> UUIDS;
            case "bytea" -> BYTES;
            case "integer" -> INTEGERS;
            case "bigint" -> LONGS;
            case "boolean" -> BOOLEANS;
            case "timestamptz" -> MICROS;
            default -> TEXTS;
        };
    }

    /** What the driver calls the elements. */
    String element() {
        return element;
    }

    Object[] array(int length) {
        return switch (this) {
            case UUIDS -> new UUID[length];
            case BYTES -> new byte[length][];
            case INTEGERS -> new Integer[length];
            case LONGS, MICROS -> new Long[length];
            case BOOLEANS -> new Boolean[length];
            case TEXTS -> new String[length];
        };
    }

    Object value(Object value) {
        return switch (this) {
            case MICROS -> micros((Instant) value);
            case TEXTS -> value.toString();
            case UUIDS, BYTES, INTEGERS, LONGS, BOOLEANS -> value;
        };
    }

    private static long micros(Instant instant) {
        return Math.addExact(
                Math.multiplyExact(instant.getEpochSecond(), TimeUnit.SECONDS.toMicros(1)),
                TimeUnit.NANOSECONDS.toMicros(instant.getNano()));
    }
}
