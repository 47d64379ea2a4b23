package foldback.callback;

import foldback.fold.Display;
import foldback.fold.Said;
import foldback.fold.StreamKey;
import foldback.ledger.Reading;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** One alert of a callback: what it says, and the objects that it says it of. */
record Alert(
        @Nullable String userId,
        StreamKey.Rule rule,
        List<SortedMap<String, String>> dimensions,
        Said said,
        @Nullable Instant statedAt) {

    void addTo(List<Reading> readings, int part) {
        for (SortedMap<String, String> object : dimensions) {
            readings.add(new Reading(new StreamKey(userId, rule, object), said, statedAt, part));
        }
    }

    /** How much text its readings repeat: each of them is recorded with all of it. */
    long repeatedText() {
        return dimensions.size() * sharedText();
    }

    private long sharedText() {
        Display display = said.display();
        long length = display.length() + length(userId, said.curValue(), said.transId());
        length += rule instanceof StreamKey.Rule.ById byId ? byId.ruleId().length() : 0;
        for (Map.Entry<String, String> label : display.labels().entrySet()) {
            length += length(label.getKey(), label.getValue());
        }
        return length;
    }

    private static long length(@Nullable String... texts) {
        long length = 0;
        for (String text : texts) {
            length += text == null ? 0 : text.length();
        }
        return length;
    }
}
