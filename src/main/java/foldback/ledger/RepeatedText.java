package foldback.ledger;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A column whose text is mostly that of the row before: compared as bytes, and decoded where it is another. */
final class RepeatedText {
    private final ResultSet rows;
    private final int column;
    private byte @Nullable [] bytes;
    private @Nullable String text;

    RepeatedText(ResultSet rows, int column) {
        this.rows = rows;
        this.column = column;
    }

    /** The text of the row at hand; the same object where it has not changed. */
    @Nullable
    String read() throws SQLException {
        byte[] now = rows.getBytes(column);
        if (!Arrays.equals(now, bytes)) {
            bytes = now;
            text = now == null ? null : new String(now, StandardCharsets.UTF_8);
        }
        return text;
    }
}
