package foldback.callback;

import foldback.callback.AlertReading.Left;
import foldback.callback.AlertReading.Taken;
import foldback.callback.CallbackReading.NoAlert;
import foldback.callback.CallbackReading.NotRead;
import foldback.callback.CallbackReading.Read;
import foldback.callback.CallbackReading.Unreadable;
import foldback.ledger.Reading;
import java.util.ArrayList;
import java.util.List;

/** Reads all alerts of a callback, or none: one that is unreadable decides, then one that is no threshold alert. */
final class Alerts {
    /**
     * How much text the readings of one callback may repeat. Long names on ten thousand dimension objects would make gigabytes of a
     * body of 256 KiB; CloudMonitor itself sends one object a callback.
     */
    static final long MAX_REPEATED_TEXT = 8L << 20;

    private Alerts() {}

    /** The alerts' fields, and the bytes that each of them was read from. */
    static CallbackReading read(List<FieldValues> alerts, List<byte[]> parts) {
        List<Reading> readings = new ArrayList<>();
        NoAlert noAlert = null;
        long repeatedText = 0;
        for (int part = 0; part < alerts.size(); part++) {
            AlertReading reading = AlertReader.read(alerts.get(part));
            if (reading instanceof Taken taken) {
                repeatedText += taken.alert().repeatedText();
                if (repeatedText > MAX_REPEATED_TEXT) {
                    return tooMuch();
                }
                taken.alert().addTo(readings, part);
            } else {
                NotRead why = located(((Left) reading).why(), part, alerts.size());
                if (why instanceof Unreadable) {
                    return why;
                }
                noAlert = noAlert == null ? (NoAlert) why : noAlert;
            }
        }
        return noAlert != null ? noAlert : new Read(readings, parts);
    }

    private static Unreadable tooMuch() {
        return new Unreadable(
                "dimensions are too many objects for the text that each of them would be recorded with.",
                FieldName.DIMENSIONS.spelling());
    }

    private static NotRead located(NotRead why, int part, int count) {
        if (count == 1) {
            return why;
        }
        String reason = "Alert " + (part + 1) + " of " + count + ": " + why.reason();
        return why instanceof NoAlert noAlert
                ? new NoAlert(noAlert.kind(), reason, noAlert.field())
                : new Unreadable(reason, why.field());
    }
}
