package foldback.spool;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A callback as it lies in the spool: its bytes, which are read when they are folded, and what was known of them when they arrived.
 *
 * @param number its place in the spool, greater than those before it; 0 until it has one
 * @param receivedAt when it arrived here, in microseconds at best; it keeps that
 */
public record Spooled(
        long number,
        UUID id,
        Instant receivedAt,
        @Nullable String remoteAddress,
        @Nullable String contentType,
        byte[] body) {
    /** What an entry takes beside its body, about, in bytes. */
    static final int AROUND_THE_BODY = 256;

    /** What it takes on disk, about, in bytes. */
    long size() {
        return AROUND_THE_BODY + (long) body.length;
    }
}
