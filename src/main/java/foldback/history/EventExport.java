package foldback.history;

import foldback.export.Exports;
import foldback.export.Form;
import foldback.export.Format;
import foldback.export.Scan;
import foldback.export.Table;
import foldback.listing.Parameters;
import foldback.listing.Selection;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The log with all that the filters leave of it, as CSV or NDJSON: the same order and fields as its list. */
@Singleton
final class EventExport {
    private static final Form<Held, EventView> FORM =
            new Form<>("events", Table.of(EventView.class), held -> EventView.of(held.event, held.incidentId));
    private static final Scan<StoredEvent> EVENTS = new Scan<>(StoredEvent.class, "events e", "e", Holders.ID);

    /** @param incidentId the incident that holds it */
    private record Held(StoredEvent event, @Nullable UUID incidentId) {}

    private final Exports exports;

    EventExport(Exports exports) {
        this.exports = exports;
    }

    Response answer(Format format, Parameters parameters) {
        parameters.refusePages();
        Selection all = EventList.all(parameters);
        return exports.answer(
                format,
                FORM,
                (session, sink) -> EVENTS.copy(session, all, (event, holder) -> sink.write(new Held(event, holder))));
    }
}
