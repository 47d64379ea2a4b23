package foldback.callback;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import foldback.fold.Effect;
import foldback.ledger.Outcome;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The bodies of the 2xx answers. */
final class RecordedAnswer {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What was recorded, or was known, of a callback: one entry a dimension object. */
    record Body(String status, String callbackId, List<Entry> events) {}

    record Entry(
            String eventId,
            String streamId,
            String signal,
            String occurredAt,
            boolean duplicate,
            @Nullable String incidentId,
            String effect) {}

    record Spooled(String status, String callbackId) {}

    record Quarantined(String status, String quarantineId, String reason) {}

    private RecordedAnswer() {}

    static Answer of(String status, UUID callbackId, List<Outcome.Entry> entries) {
        return accepted(
                200,
                new Body(
                        status,
                        callbackId.toString(),
                        entries.stream().map(RecordedAnswer::entry).toList()));
    }

    static Answer spooled(UUID callbackId) {
        return accepted(200, new Spooled("spooled", callbackId.toString()));
    }

    static Answer quarantined(UUID id, String reason) {
        return accepted(202, new Quarantined("quarantined", id.toString(), reason));
    }

    private static Entry entry(Outcome.Entry entry) {
        UUID incidentId = entry.incidentId();
        return new Entry(
                entry.eventId().toString(),
                entry.streamId().toString(),
                entry.signal().name(),
                entry.occurredAt().toString(),
                entry.duplicate(),
                incidentId == null ? null : incidentId.toString(),
                word(entry.effect()));
    }

    /** To the sender it matters what became of the incident; how, stands in the timeline. */
    private static String word(Effect effect) {
        return switch (effect) {
            case OPENED -> "opened";
            case COUNTED, LEVEL, UNOBSERVED -> "updated";
            case RESOLVED -> "resolved";
            case REOPENED -> "reopened";
            case ACKNOWLEDGED, UNACKNOWLEDGED, NOTED, NONE -> "none";
        };
    }

    private static Answer accepted(int status, Object body) {
        try {
            return new Answer.Accepted(status, JSON.writeValueAsString(body));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
