package foldback.history;

import foldback.export.Exports;
import foldback.export.Format;
import foldback.export.Scan;
import foldback.export.Table;
import foldback.listing.Parameters;
import foldback.listing.Selection;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;

/** The log with all that the filters leave of it, as CSV or NDJSON: the same order and fields as its list. */
@Singleton
final class EventExport {
    private static final Table<EventView> FIELDS = Table.of(EventView.class);
    private static final Scan<StoredEvent> EVENTS =
            new Scan<>(StoredEvent.class, "events e " + Holders.JOINED, "e", Holders.JOINED_ID);

    private final Exports exports;

    EventExport(Exports exports) {
        this.exports = exports;
    }

    Response answer(Format format, Parameters parameters) {
        parameters.refusePages();
        Selection all = EventList.all(parameters);
        return exports.answer(
                format,
                "events",
                FIELDS,
                (session, sink) ->
                        EVENTS.read(session, all, (event, holder) -> sink.write(EventView.of(event, holder))));
    }
}
