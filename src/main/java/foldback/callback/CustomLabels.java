package foldback.callback;

import java.util.Collections;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Reads {@code customLabels}, <code>{team=db, runbook=https://wiki.example.com/?id=7}</code>, which no document describes. */
final class CustomLabels {
    private CustomLabels() {}

    /** Empty where they cannot be read: labels are display only, and no reason to refuse an alert. */
    static SortedMap<String, String> read(@Nullable String text) {
        SortedMap<String, String> labels = text == null ? null : ObjectText.read(text);
        return labels == null ? Collections.emptySortedMap() : labels;
    }
}
