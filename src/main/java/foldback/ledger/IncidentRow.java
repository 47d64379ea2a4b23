package foldback.ledger;

import foldback.fold.Attention;
import foldback.fold.Display;
import foldback.fold.Extremes;
import foldback.fold.Incident;
import foldback.fold.Incident.Checkpoint;
import foldback.fold.Incident.OpenedBy;
import foldback.fold.Incident.Resolution;
import foldback.fold.Incident.ResolvedBy;
import foldback.fold.Level;
import foldback.fold.Position;
import foldback.fold.Signal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An incident of a stream, as it lies in a row. */
record IncidentRow(UUID streamId, Incident incident) {

    /** Reads the row's {@link IncidentColumns#ALL}, which begin at the given place; null where an outer join found none. */
    static @Nullable Incident incidentOrNull(ResultSet row, int first) throws SQLException {
        Cells cells = new Cells.Stored(row, first + 1);
        UUID id = cells.uuidOrNull();
        return id == null ? null : incident(cells, id);
    }

    /** Of cells that begin with {@link IncidentColumns#ALL}. */
    static Incident incident(Cells cells) throws SQLException {
        cells.uuid();
        return incident(cells, cells.uuid());
    }

    private static Incident incident(Cells cells, UUID id) throws SQLException {
        Position first = cells.position();
        Instant openedAt = cells.instant();
        OpenedBy openedBy = OpenedBy.valueOf(cells.text().toUpperCase(Locale.ROOT));
        Instant firstReceivedAt = cells.instant();
        String transId = cells.textOrNull();
        String openingValue = cells.textOrNull();
        Display display = cells.display();
        Position last = cells.position();
        Signal signal = cells.signal();
        Level level = cells.levelOrNull();
        Level peakLevel = cells.levelOrNull();
        String currentValue = cells.textOrNull();
        String recoveryValue = cells.textOrNull();
        Extremes extremes = new Extremes(cells.textOrNull(), cells.textOrNull());
        Duration unobserved = Duration.of(cells.number(), ChronoUnit.MICROS);
        Instant unobservedSince = cells.instantOrNull();
        int alertCount = (int) cells.number();
        int reopenCount = (int) cells.number();
        Attention attention = new Attention(cells.instantOrNull(), cells.textOrNull(), (int) cells.number());
        return new Incident(
                id,
                first,
                last,
                signal,
                openedAt,
                openedBy,
                firstReceivedAt,
                level,
                peakLevel,
                display,
                transId,
                openingValue,
                currentValue,
                recoveryValue,
                extremes,
                unobserved,
                unobservedSince,
                resolution(cells),
                alertCount,
                reopenCount,
                attention);
    }

    private static @Nullable Resolution resolution(Cells cells) throws SQLException {
        Instant resolvedAt = cells.instantOrNull();
        if (resolvedAt == null) {
            return null;
        }
        Position position = new Position(resolvedAt, cells.uuid());
        ResolvedBy by = ResolvedBy.valueOf(cells.text().toUpperCase(Locale.ROOT));
        Instant earliest = cells.instantOrNull();
        return new Resolution(position, by, earliest, new Checkpoint(cells.instant(), cells.textOrNull()));
    }
}
