package foldback.incident;

import foldback.export.Exports;
import foldback.export.Format;
import foldback.export.RowWriter;
import foldback.export.Scan;
import foldback.export.Table;
import foldback.listing.Parameters;
import foldback.listing.Selection;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** A list of incidents with all that it has, as CSV or NDJSON: the same filters, order and fields. */
@Singleton
public class IncidentExport {
    private static final Table<IncidentView> FIELDS = Table.of(IncidentView.class);
    private static final Scan<StoredIncident> INCIDENTS = new Scan<>(StoredIncident.class, "incidents i", "i", "null");

    private final IncidentList list;
    private final Exports exports;
    private final Clock clock;
    private final Duration staleAfter;

    IncidentExport(IncidentList list, Exports exports, Clock clock, IncidentConfig config) {
        this.list = list;
        this.exports = exports;
        this.clock = clock;
        this.staleAfter = config.staleAfter();
    }

    /**
     * What the parameters ask for.
     *
     * @param streamId the stream of which the incidents are; null: of all
     */
    public Response answer(Format format, Parameters parameters, @Nullable UUID streamId) {
        parameters.refusePages();
        if (parameters.single(AsOf.NAME).isPresent()) {
            throw Parameters.refused(AsOf.NAME, "cannot be had as a file: ask for it in pages");
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        List<Selection> parts = list.all(parameters, streamId, now);
        return exports.answer(format, "incidents", FIELDS, (session, sink) -> {
            for (Selection part : parts) {
                write(session, part, now, sink);
            }
        });
    }

    private void write(Session session, Selection part, Instant now, RowWriter<IncidentView> sink) throws IOException {
        INCIDENTS.read(session, part, (incident, none) -> sink.write(IncidentView.of(incident, now, staleAfter)));
    }
}
