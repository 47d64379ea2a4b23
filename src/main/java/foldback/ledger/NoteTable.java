package foldback.ledger;

import static foldback.ledger.Columns.column;

import foldback.database.Together;
import foldback.fold.Event;
import foldback.search.Terms;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The only writer of {@code notes}, in which what people said is searched. */
final class NoteTable {
    private record Row(UUID streamId, Event.Operator event) {}

    private static final Columns<Row> COLUMNS = Columns.of(
            column("stream_id", "uuid", Row::streamId),
            column("event_id", "uuid", row -> row.event().position().id()),
            column("names_at", "timestamptz", row -> row.event().names().occurredAt()),
            column("names_id", "uuid", row -> row.event().names().id()),
            column("note", "text", row -> row.event().note()));

    private static final Columns<Row> WITH_TERMS = COLUMNS.and(List.of(
            column("terms", "text", row -> new Terms().text(row.event().note()).joined())));

    private static final String INSERT =
            "insert into notes (%s, terms) select %s, string_to_array(u.terms, ' ') from %s"
                    .formatted(COLUMNS.names(""), COLUMNS.names("u."), WITH_TERMS.rows("u"));

    private NoteTable() {}

    /** Keeps what the events say, those of them that say anything. */
    static void write(Together together, List<EventLog.Entry> entries) {
        List<Row> rows = new ArrayList<>();
        for (EventLog.Entry entry : entries) {
            if (entry.event() instanceof Event.Operator operator && operator.note() != null) {
                rows.add(new Row(entry.streamId(), operator));
            }
        }
        WITH_TERMS.write(together, INSERT, rows);
    }
}
