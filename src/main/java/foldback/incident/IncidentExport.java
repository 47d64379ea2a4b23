package foldback.incident;

import foldback.export.Exports;
import foldback.export.Form;
import foldback.export.Format;
import foldback.export.Scan;
import foldback.export.Table;
import foldback.listing.Parameters;
import foldback.listing.Room;
import foldback.listing.Selection;
import foldback.listing.Snapshot;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A list of incidents with all that it has, as a file: the same filters and order, and what a form makes of each. */
@Singleton
public class IncidentExport {
    private static final Table<IncidentView> FIELDS = Table.of(IncidentView.class);
    static final Scan<StoredIncident> INCIDENTS = new Scan<>(StoredIncident.class, "incidents i", "i", "null");

    /** How many of those that are folded again are held at most, which bounds how often that is. */
    private static final int WINDOW = 10_000;

    private final IncidentList list;
    private final AsOfList former;
    private final Snapshot snapshot;
    private final Exports exports;
    private final Clock clock;
    private final Duration staleAfter;

    IncidentExport(
            IncidentList list,
            AsOfList former,
            Snapshot snapshot,
            Exports exports,
            Clock clock,
            IncidentConfig config) {
        this.list = list;
        this.former = former;
        this.snapshot = snapshot;
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
        Form<IncidentView, ?> form = new Form<>("incidents", FIELDS, Function.identity());
        return answer(format, form, parameters, streamId, clock.instant());
    }

    /**
     * The same in another form.
     *
     * @param now when it is asked
     */
    public Response answer(
            Format format, Form<IncidentView, ?> form, Parameters parameters, @Nullable UUID streamId, Instant now) {
        parameters.refusePages();
        Instant asOf = parameters.instant(AsOf.NAME);
        if (asOf != null) {
            return former(format, form, parameters, streamId, asOf);
        }
        List<Selection> parts = list.all(parameters, streamId, now);
        return exports.answer(format, ofStored(form, now), (session, sink) -> {
            for (Selection part : parts) {
                INCIDENTS.copy(session, part, (incident, none) -> sink.write(incident));
            }
        });
    }

    private Response former(
            Format format, Form<IncidentView, ?> form, Parameters parameters, @Nullable UUID streamId, Instant asOf) {
        List<Selection> parts = list.all(parameters, streamId, asOf);
        IncidentFilter filter = IncidentFilter.of(parameters, asOf, staleAfter);
        AsOfList.Question question =
                new AsOfList.Question(filter, streamId, asOf, Sort.of(parameters), null, Room.ofPage(WINDOW));
        // Refuses what is to be refused before the answer begins.
        snapshot.ask(session -> former.touched(session, question));
        return exports.answer(format, ofStored(form, asOf), (session, sink) -> {
            AsOfRows rows = new AsOfRows(former, session, question, (incident, none) -> sink.write(incident));
            for (Selection part : parts) {
                INCIDENTS.read(session, part, rows);
            }
            rows.end();
        });
    }

    private <T> Form<StoredIncident, T> ofStored(Form<IncidentView, T> form, Instant now) {
        return form.from(incident -> IncidentView.of(incident, now, staleAfter));
    }
}
