package foldback.incident;

import foldback.fold.Display;
import foldback.fold.Incident;
import foldback.ledger.AsOfFold;
import foldback.ledger.JsonText;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An incident that was folded again, as its row would lie in the table: so it is shown, sorted and paged like all others. */
final class AsOfRow {
    private AsOfRow() {}

    static StoredIncident of(AsOfFold.Stream stream, Incident incident) {
        StoredIncident row = new StoredIncident();
        row.stream = new StoredStreamKey();
        row.stream.streamId = stream.id();
        row.stream.userId = stream.userId();
        row.stream.ruleId = stream.ruleId();
        row.stream.dimensions = stream.dimensions();
        row.id = incident.id();
        row.firstAt = incident.first().occurredAt();
        row.firstId = incident.first().id();
        row.lastAt = incident.last().occurredAt();
        row.lastId = incident.last().id();
        row.openedAt = incident.openedAt();
        row.openedBy = lower(incident.openedBy());
        row.firstReceivedAt = incident.firstReceivedAt();
        row.signal = incident.signal().name();
        row.level = name(incident.level());
        row.peakLevel = name(incident.peakLevel());
        row.transId = incident.transId();
        row.openingValue = incident.openingValue();
        row.currentValue = incident.currentValue();
        row.recoveryValue = incident.recoveryValue();
        row.greatestValue = incident.extremes().greatest();
        row.smallestValue = incident.extremes().smallest();
        row.unobservedMicros = incident.unobserved().dividedBy(ChronoUnit.MICROS.getDuration());
        row.unobservedSince = incident.unobservedSince();
        row.alertCount = incident.alertCount();
        row.reopenCount = incident.reopenCount();
        row.acknowledgedAt = incident.attention().acknowledgedAt();
        row.acknowledgedBy = incident.attention().acknowledgedBy();
        row.noteCount = incident.attention().noteCount();
        end(row, incident.resolution());
        name(row, incident.display());
        return row;
    }

    private static void end(StoredIncident row, Incident.@Nullable Resolution resolution) {
        if (resolution != null) {
            row.resolvedAt = resolution.at();
            row.resolvedBy = lower(resolution.by());
            row.resolvedEarliest = resolution.earliest();
        }
    }

    private static void name(StoredIncident row, Display display) {
        row.alertName = display.alertName();
        row.namespace = display.namespace();
        row.metricName = display.metricName();
        row.instanceName = display.instanceName();
        row.regionId = display.regionId();
        row.regionName = display.regionName();
        row.groupId = display.groupId();
        row.productGroupName = display.productGroupName();
        row.unit = display.unit();
        row.expression = display.expression();
        row.labels = JsonText.orNull(display.labels());
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String name(@Nullable Enum<?> value) {
        return value == null ? null : value.name();
    }
}
