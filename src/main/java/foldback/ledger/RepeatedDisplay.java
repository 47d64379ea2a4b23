package foldback.ledger;

import foldback.fold.Display;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collections;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The display columns of successive rows, which change once in a while only: an equal one is the same object. */
final class RepeatedDisplay {
    private static final int TEXTS = 11;
    private static final int LABELS = TEXTS - 1;

    private final RepeatedText[] columns;
    private @Nullable String[] texts = new @Nullable String[TEXTS];
    private SortedMap<String, String> labels = Collections.emptySortedMap();
    private @Nullable Display display;

    /** @param first the column of {@code alert_name}; the others follow as {@link DisplayColumns} has them, then expression and labels */
    RepeatedDisplay(ResultSet rows, int first) {
        columns = IntStream.range(0, TEXTS)
                .mapToObj(i -> new RepeatedText(rows, first + i))
                .toArray(RepeatedText[]::new);
    }

    Display read() throws SQLException {
        @Nullable String[] now = new @Nullable String[TEXTS];
        for (int i = 0; i < TEXTS; i++) {
            now[i] = columns[i].read();
        }
        if (display == null || !Arrays.equals(now, texts)) {
            if (now[LABELS] == null || !now[LABELS].equals(texts[LABELS])) {
                labels = JsonText.map(now[LABELS]);
            }
            texts = now;
            display =
                    new Display(now[0], now[1], now[2], now[3], now[4], now[5], now[6], now[7], now[8], now[9], labels);
        }
        return display;
    }
}
