package foldback.live;

import foldback.incident.IncidentView;
import foldback.ledger.FeedPosition;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

/**
 * One change as subscribers get it.
 *
 * @param faces the incident as it is and as it was: whoever asks for one of these is told
 * @param notes what people said about it
 * @param text in UTF-8, as it goes over the wire
 */
record LiveEvent(FeedPosition position, List<IncidentView> faces, Supplier<List<String>> notes, byte[] text) {

    /** @param data JSON, in one line */
    static LiveEvent of(
            FeedPosition position, String name, String data, List<IncidentView> faces, Supplier<List<String>> notes) {
        String text = "id: " + position.text() + "\nevent: " + name + "\ndata: " + data + "\n\n";
        return new LiveEvent(position, faces, notes, text.getBytes(StandardCharsets.UTF_8));
    }

    boolean concerns(LiveFilter filter) {
        return faces.stream().anyMatch(face -> filter.test().test(face, notes));
    }
}
