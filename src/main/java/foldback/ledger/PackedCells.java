package foldback.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The cells of a row that is kept in memory, as bytes: what is kept for long must not be many small objects. */
final class PackedCells extends Cells {
    private static final byte ABSENT = 0;
    private static final byte PRESENT = 1;

    /** A row to be: the values of its {@link Columns}, one after the other. */
    static final class Packing {
        private ByteBuffer bytes = ByteBuffer.allocate(1024);

        /** @param value as {@link Columns.Column} has it */
        void add(Travel travel, @Nullable Object value) {
            if (value == null) {
                room(1).put(ABSENT);
                return;
            }
            Object sent = travel.value(value);
            switch (travel) {
                case UUIDS -> {
                    UUID id = (UUID) sent;
                    room(17).put(PRESENT).putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
                }
                case INTEGERS, LONGS, MICROS -> room(9).put(PRESENT).putLong(((Number) sent).longValue());
                case TEXTS -> add(((String) sent).getBytes(StandardCharsets.UTF_8));
                case BYTES, BOOLEANS -> throw new IllegalArgumentException("no row that is kept has " + travel);
            }
        }

        private void add(byte[] text) {
            room(5 + text.length).put(PRESENT).putInt(text.length).put(text);
        }

        private ByteBuffer room(int more) {
            if (bytes.remaining() < more) {
                int size = Math.max(2 * bytes.capacity(), bytes.position() + more);
                bytes = ByteBuffer.allocate(size).put(bytes.flip());
            }
            return bytes;
        }

        byte[] packed() {
            return Arrays.copyOf(bytes.array(), bytes.position());
        }
    }

    private final ByteBuffer bytes;

    PackedCells(byte[] packed) {
        this.bytes = ByteBuffer.wrap(packed);
    }

    /** Whether there is another cell. */
    boolean hasMore() {
        return bytes.hasRemaining();
    }

    @Override
    @Nullable
    UUID uuidOrNull() {
        return isAbsent() ? null : new UUID(bytes.getLong(), bytes.getLong());
    }

    @Override
    @Nullable
    Instant instantOrNull() {
        return isAbsent() ? null : Instant.EPOCH.plus(bytes.getLong(), ChronoUnit.MICROS);
    }

    @Override
    @Nullable
    String textOrNull() {
        if (isAbsent()) {
            return null;
        }
        byte[] text = new byte[bytes.getInt()];
        bytes.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    @Override
    long number() {
        return isAbsent() ? 0 : bytes.getLong();
    }

    private boolean isAbsent() {
        return bytes.get() == ABSENT;
    }
}
