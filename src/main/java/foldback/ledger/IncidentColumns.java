package foldback.ledger;

import static foldback.ledger.Columns.column;

import foldback.fold.Attention;
import foldback.fold.Display;
import foldback.fold.Extremes;
import foldback.fold.Incident;
import foldback.fold.Incident.Checkpoint;
import foldback.fold.Incident.Resolution;
import foldback.fold.Position;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The columns of {@code incidents}, in the order in which {@link IncidentRow} reads them. */
final class IncidentColumns {
    private static final List<Columns.Column<IncidentRow>> KEY =
            List.of(column("stream_id", "uuid", IncidentRow::streamId), column("id", "uuid", of(Incident::id)));

    /** What an incident has from its beginning on and keeps while it goes on in order. */
    private static final List<Columns.Column<IncidentRow>> BEGINNING = List.of(
            column("first_at", "timestamptz", first(Position::occurredAt)),
            column("first_id", "uuid", first(Position::id)),
            column("opened_at", "timestamptz", of(Incident::openedAt)),
            column("opened_by", "text", of(incident -> lower(incident.openedBy()))),
            column("first_received_at", "timestamptz", of(Incident::firstReceivedAt)),
            column("trans_id", "text", of(Incident::transId)),
            column("opening_value", "text", of(Incident::openingValue)));

    private static final List<Columns.Column<IncidentRow>> CALLED = List.of(
            column("expression", "text", called(Display::expression)),
            column("labels", "text", called(display -> JsonText.orNull(display.labels()))));

    /** What moves with its signals, and with what people do. */
    private static final List<Columns.Column<IncidentRow>> COURSE = List.of(
            column("last_at", "timestamptz", last(Position::occurredAt)),
            column("last_id", "uuid", last(Position::id)),
            column("signal", "signal", of(Incident::signal)),
            column("level", "level", of(Incident::level)),
            column("peak_level", "level", of(Incident::peakLevel)),
            column("current_value", "text", of(Incident::currentValue)),
            column("recovery_value", "text", of(Incident::recoveryValue)),
            column("greatest_value", "text", extremes(Extremes::greatest)),
            column("smallest_value", "text", extremes(Extremes::smallest)),
            column("unobserved_micros", "bigint", of(incident -> micros(incident.unobserved()))),
            column("unobserved_since", "timestamptz", of(Incident::unobservedSince)),
            column("alert_count", "integer", of(Incident::alertCount)),
            column("reopen_count", "integer", of(Incident::reopenCount)),
            column("acknowledged_at", "timestamptz", attention(Attention::acknowledgedAt)),
            column("acknowledged_by", "text", attention(Attention::acknowledgedBy)),
            column("note_count", "integer", attention(Attention::noteCount)),
            column("resolved_at", "timestamptz", of(Incident::resolvedAt)),
            column("resolved_id", "uuid", end(resolution -> resolution
                    .position()
                    .id())),
            column("resolved_by", "text", end(resolution -> lower(resolution.by()))),
            column("resolved_earliest", "timestamptz", end(Resolution::earliest)),
            column("resolved_signal_since", "timestamptz", checkpoint(Checkpoint::signalSince)),
            column("resolved_no_data_trans_id", "text", checkpoint(Checkpoint::noDataTransId)));

    static final Columns<IncidentRow> ALL = new Columns<>(KEY)
            .and(BEGINNING)
            .and(DisplayColumns.of(row -> row.incident().display()))
            .and(CALLED)
            .and(COURSE);

    /** Of an incident that only went on; what it does not have stays as it is. */
    static final Columns<IncidentRow> ADVANCING = new Columns<>(KEY).and(COURSE);

    static final Columns<IncidentRow> KEYS = new Columns<>(KEY);

    private IncidentColumns() {}

    /** Whether {@link #ADVANCING} has all in which they differ. */
    static boolean sameBeginning(Incident a, Incident b) {
        return a.display().equals(b.display())
                && a.first().equals(b.first())
                && a.openedAt().equals(b.openedAt())
                && a.openedBy() == b.openedBy()
                && a.firstReceivedAt().equals(b.firstReceivedAt())
                && Objects.equals(a.transId(), b.transId())
                && Objects.equals(a.openingValue(), b.openingValue());
    }

    private static Function<IncidentRow, @Nullable Object> of(Function<Incident, @Nullable Object> value) {
        return row -> value.apply(row.incident());
    }

    private static Function<IncidentRow, @Nullable Object> first(Function<Position, Object> value) {
        return of(incident -> value.apply(incident.first()));
    }

    private static Function<IncidentRow, @Nullable Object> last(Function<Position, Object> value) {
        return of(incident -> value.apply(incident.last()));
    }

    private static Function<IncidentRow, @Nullable Object> called(Function<Display, @Nullable Object> value) {
        return of(incident -> value.apply(incident.display()));
    }

    private static Function<IncidentRow, @Nullable Object> extremes(Function<Extremes, @Nullable Object> value) {
        return of(incident -> value.apply(incident.extremes()));
    }

    private static Function<IncidentRow, @Nullable Object> attention(Function<Attention, @Nullable Object> value) {
        return of(incident -> value.apply(incident.attention()));
    }

    private static Function<IncidentRow, @Nullable Object> end(Function<Resolution, @Nullable Object> value) {
        return of(incident -> incident.resolution() == null ? null : value.apply(incident.resolution()));
    }

    private static Function<IncidentRow, @Nullable Object> checkpoint(Function<Checkpoint, @Nullable Object> value) {
        return end(resolution -> value.apply(resolution.checkpoint()));
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1000;
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
