package foldback.history;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import foldback.callback.Fields;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One event, with what it was read from.
 *
 * @param callback null where a person made it
 * @param deliveries the first and each duplicate, in the order of their receipt
 */
public record EventDetail(
        @JsonUnwrapped EventView event, @Nullable Sent callback, List<Delivery> deliveries) {

    /**
     * The callback, or the element of its array.
     *
     * @param fields every field as it was sent
     * @param body as UTF-8, with U+FFFD where it is not
     */
    public record Sent(
            @Nullable String contentType,
            @Nullable String remoteAddress,
            Map<String, Object> fields,
            String body,
            String bodyBase64) {

        static Sent of(StoredEvent event, byte[] body) {
            return new Sent(
                    event.contentType,
                    event.remoteAddress,
                    Fields.of(body),
                    new String(body, StandardCharsets.UTF_8),
                    Base64.getEncoder().encodeToString(body));
        }
    }

    /** One arrival of the event. */
    public record Delivery(Instant receivedAt, @Nullable String remoteAddress) {}
}
