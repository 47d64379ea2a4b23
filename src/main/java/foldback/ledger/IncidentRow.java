package foldback.ledger;

import static foldback.ledger.Columns.column;

import foldback.fold.Attention;
import foldback.fold.Extremes;
import foldback.fold.Incident;
import foldback.fold.Incident.Checkpoint;
import foldback.fold.Incident.OpenedBy;
import foldback.fold.Incident.Resolution;
import foldback.fold.Incident.ResolvedBy;
import foldback.fold.Position;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How an incident of a stream lies in a row, there and back. */
record IncidentRow(UUID streamId, Incident incident) {
    static final Columns<IncidentRow> COLUMNS = Columns.of(
                    column("stream_id", "uuid", IncidentRow::streamId),
                    column("id", "uuid", of(Incident::id)),
                    column("first_at", "timestamptz", of(incident -> incident.first()
                            .occurredAt())),
                    column("first_id", "uuid", of(incident -> incident.first().id())),
                    column("last_at", "timestamptz", of(incident -> incident.last()
                            .occurredAt())),
                    column("last_id", "uuid", of(incident -> incident.last().id())),
                    column("opened_at", "timestamptz", of(Incident::openedAt)),
                    column("first_received_at", "timestamptz", of(Incident::firstReceivedAt)),
                    column("resolved_at", "timestamptz", of(Incident::resolvedAt)),
                    column("resolved_id", "uuid", end(resolution -> resolution
                            .position()
                            .id())),
                    column("resolved_earliest", "timestamptz", end(Resolution::earliest)),
                    column("resolved_signal_since", "timestamptz", end(end -> end.checkpoint()
                            .signalSince())),
                    column("unobserved_since", "timestamptz", of(Incident::unobservedSince)),
                    column("acknowledged_at", "timestamptz", of(incident -> incident.attention()
                            .acknowledgedAt())),
                    column("unobserved_micros", "bigint", of(incident -> micros(incident.unobserved()))),
                    column("alert_count", "integer", of(Incident::alertCount)),
                    column("reopen_count", "integer", of(Incident::reopenCount)),
                    column("note_count", "integer", of(incident -> incident.attention()
                            .noteCount())),
                    column("signal", "signal", of(Incident::signal)),
                    column("level", "level", of(Incident::level)),
                    column("peak_level", "level", of(Incident::peakLevel)),
                    column("opened_by", "text", of(incident -> lower(incident.openedBy()))),
                    column("resolved_by", "text", end(resolution -> lower(resolution.by()))),
                    column("acknowledged_by", "text", of(incident -> incident.attention()
                            .acknowledgedBy())),
                    column("opening_value", "text", of(Incident::openingValue)),
                    column("current_value", "text", of(Incident::currentValue)),
                    column("recovery_value", "text", of(Incident::recoveryValue)),
                    column("greatest_value", "text", of(incident -> incident.extremes()
                            .greatest())),
                    column("smallest_value", "text", of(incident -> incident.extremes()
                            .smallest())),
                    column("trans_id", "text", of(Incident::transId)),
                    column("resolved_no_data_trans_id", "text", end(end -> end.checkpoint()
                            .noDataTransId())))
            .and(DisplayColumns.of(row -> row.incident().display()))
            .and(List.of(
                    column("expression", "text", of(incident -> incident.display()
                            .expression())),
                    column(
                            "labels",
                            "text",
                            of(incident -> JsonText.orNull(incident.display().labels())))));

    static Incident incident(ResultSet row, String prefix) throws SQLException {
        return new Incident(
                Rows.uuid(row, prefix + "id"),
                Rows.position(row, prefix + "first_at", prefix + "first_id"),
                Rows.position(row, prefix + "last_at", prefix + "last_id"),
                Rows.signal(row, prefix + "signal"),
                Rows.instant(row, prefix + "opened_at"),
                OpenedBy.valueOf(Rows.text(row, prefix + "opened_by").toUpperCase(Locale.ROOT)),
                Rows.instant(row, prefix + "first_received_at"),
                Rows.level(row, prefix + "level"),
                Rows.level(row, prefix + "peak_level"),
                Rows.display(row, prefix),
                row.getString(prefix + "trans_id"),
                row.getString(prefix + "opening_value"),
                row.getString(prefix + "current_value"),
                row.getString(prefix + "recovery_value"),
                new Extremes(row.getString(prefix + "greatest_value"), row.getString(prefix + "smallest_value")),
                Duration.of(row.getLong(prefix + "unobserved_micros"), ChronoUnit.MICROS),
                Rows.instantOrNull(row, prefix + "unobserved_since"),
                resolution(row, prefix),
                row.getInt(prefix + "alert_count"),
                row.getInt(prefix + "reopen_count"),
                new Attention(
                        Rows.instantOrNull(row, prefix + "acknowledged_at"),
                        row.getString(prefix + "acknowledged_by"),
                        row.getInt(prefix + "note_count")));
    }

    private static @Nullable Resolution resolution(ResultSet row, String prefix) throws SQLException {
        Instant resolvedAt = Rows.instantOrNull(row, prefix + "resolved_at");
        if (resolvedAt == null) {
            return null;
        }
        return new Resolution(
                new Position(resolvedAt, Rows.uuid(row, prefix + "resolved_id")),
                ResolvedBy.valueOf(Rows.text(row, prefix + "resolved_by").toUpperCase(Locale.ROOT)),
                Rows.instantOrNull(row, prefix + "resolved_earliest"),
                new Checkpoint(
                        Rows.instant(row, prefix + "resolved_signal_since"),
                        row.getString(prefix + "resolved_no_data_trans_id")));
    }

    private static Function<IncidentRow, @Nullable Object> of(Function<Incident, @Nullable Object> value) {
        return row -> value.apply(row.incident());
    }

    private static Function<IncidentRow, @Nullable Object> end(Function<Resolution, @Nullable Object> value) {
        return row -> {
            Resolution resolution = row.incident().resolution();
            return resolution == null ? null : value.apply(resolution);
        };
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1000;
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
