package foldback.report;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import foldback.export.Table;
import foldback.incident.IncidentView;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An incident behind a report: all that a list says of it, and its instants once more in the zone of the report, with their offset. */
public record ReportIncident(
        @JsonUnwrapped IncidentView incident,
        String openedAtLocal,
        @Nullable String resolvedAtLocal,
        @Nullable String resolvedEarliestLocal,
        String lastSignalAtLocal,
        String firstReceivedAtLocal,
        @Nullable String acknowledgedAtLocal) {

    /** As a file has it, in columns. */
    static final Table<ReportIncident> TABLE = table();

    static ReportIncident of(IncidentView incident, ZoneId zone) {
        return new ReportIncident(
                incident,
                local(incident.openedAt(), zone),
                orNull(incident.resolvedAt(), zone),
                orNull(incident.resolvedEarliest(), zone),
                local(incident.lastSignalAt(), zone),
                local(incident.firstReceivedAt(), zone),
                orNull(incident.acknowledgedAt(), zone));
    }

    private static @Nullable String orNull(@Nullable Instant instant, ZoneId zone) {
        return instant == null ? null : local(instant, zone);
    }

    private static String local(Instant instant, ZoneId zone) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(instant.atZone(zone));
    }

    private static Table<ReportIncident> table() {
        List<Table.Column<ReportIncident>> columns = new ArrayList<>();
        for (Table.Column<IncidentView> column : Table.of(IncidentView.class).columns()) {
            columns.add(new Table.Column<>(column.name(), row -> column.value().apply(row.incident)));
        }
        List<Table.Column<ReportIncident>> own = Table.of(ReportIncident.class).columns();
        columns.addAll(own.subList(1, own.size()));
        return new Table<>(columns, true);
    }
}
