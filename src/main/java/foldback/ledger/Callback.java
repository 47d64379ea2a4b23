package foldback.ledger;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One callback that was read, on its way into the log. All of it is recorded in one transaction, or nothing.
 *
 * @param id its id from its arrival on; a callback whose id is in the log already is not counted again
 * @param receivedAt when it arrived here
 * @param parts the bytes of the body, or of each element where the body is a JSON array
 * @param readings its signals, at least one
 * @param streamIds the stream of each reading, computed once
 */
public record Callback(
        UUID id,
        Instant receivedAt,
        @Nullable String remoteAddress,
        @Nullable String contentType,
        List<byte[]> parts,
        List<Reading> readings,
        List<UUID> streamIds) {

    public Callback {
        if (readings.isEmpty()) {
            throw new IllegalArgumentException("callback " + id + " has no signal to record");
        }
    }

    public static Callback of(
            UUID id,
            Instant receivedAt,
            @Nullable String remoteAddress,
            @Nullable String contentType,
            List<byte[]> parts,
            List<Reading> readings) {
        List<UUID> streamIds =
                readings.stream().map(reading -> reading.stream().id()).toList();
        return new Callback(id, receivedAt, remoteAddress, contentType, parts, readings, streamIds);
    }

    /** What it will hold in memory, about: the bytes, and its names again for each signal, on their way through the driver. */
    int weight() {
        int bytes = 0;
        for (byte[] part : parts) {
            bytes += part.length;
        }
        long weight = 2L * bytes;
        for (Reading reading : readings) {
            weight += 1024 + 8L * reading.said().display().length();
        }
        return (int) Math.min(weight, Integer.MAX_VALUE);
    }
}
