package foldback.callback;

import foldback.ledger.Callback;
import foldback.spool.Spooled;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A spooled callback, read.
 *
 * @param callback null where it cannot be read
 * @param group the same for all of one stream
 */
record SpooledReading(
        Spooled entry,
        Received received,
        CallbackReading reading,
        @Nullable Callback callback,
        UUID group) {

    /**
     * Those of a stream side by side, in the order of their arrival. What was spooled is late where new callbacks were recorded meanwhile, and
     * a stream is folded again once a transaction, however many late signals of it there are.
     */
    static List<SpooledReading> byStream(List<Spooled> entries) {
        return entries.stream()
                .map(SpooledReading::of)
                .sorted(Comparator.comparing(SpooledReading::group))
                .toList();
    }

    private static SpooledReading of(Spooled entry) {
        Received received =
                new Received(entry.id(), entry.receivedAt(), entry.remoteAddress(), entry.contentType(), entry.body());
        CallbackReading reading = CallbackReader.read(entry.body());
        if (reading instanceof CallbackReading.Read read) {
            Callback callback = Receiver.callback(received, read);
            return new SpooledReading(
                    entry, received, reading, callback, callback.streamIds().get(0));
        }
        // Anywhere among the others, so that the lanes have work while it goes into quarantine.
        return new SpooledReading(
                entry, received, reading, null, new UUID(entry.id().getLeastSignificantBits(), 0));
    }
}
