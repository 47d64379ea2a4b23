package foldback.ledger;

import static foldback.ledger.Columns.column;

import foldback.database.Together;
import foldback.fold.Display;
import foldback.fold.StreamKey;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * The only writer of {@code streams}: a stream is written when it is new, and when CloudMonitor calls something of it otherwise. It shows
 * its latest names, and is found by all that it ever had.
 */
final class StreamTable {
    /**
     * A stream as it is called now.
     *
     * @param names all that it was called in the meantime, what it is called now included
     */
    record Row(UUID streamId, StreamKey key, Display display, Collection<Display> names) {}

    /** What else a stream was called before it was called what it is now. */
    record FormerNames(UUID streamId, StreamKey key, Collection<Display> names) {}

    private static final Columns<Row> COLUMNS = Columns.of(
                    column("stream_id", "uuid", Row::streamId),
                    column("user_id", "text", row -> row.key().userId()),
                    column("rule_id", "text", row -> row.key().ruleId()),
                    column("dimensions", "jsonb", row -> JsonText.of(row.key().dimensions())),
                    column("labels", "jsonb", row -> JsonText.of(row.display().labels())))
            .and(DisplayColumns.of(Row::display));

    /** An array of arrays would have to be a rectangle: the terms travel as one text. */
    private static final Columns<Row> WITH_TERMS = COLUMNS.and(List.of(
            column("terms", "text", row -> StreamTerms.of(row.key(), row.names())),
            column("texts", "text", row -> StreamTerms.texts(row.key(), row.names()))));

    private static final String UPSERT = """
            insert into streams (%s, terms, texts)
            select %s, string_to_array(u.terms, ' '), u.texts from %s
            order by u.stream_id
            on conflict (stream_id) do update set %s, terms = merged_terms(streams.terms, excluded.terms),
                texts = merged_texts(streams.texts, excluded.texts)
            """.formatted(
                    COLUMNS.names(""),
                    COLUMNS.names("u."),
                    WITH_TERMS.rows("u"),
                    COLUMNS.assignments("excluded", List.of("stream_id", "user_id", "rule_id", "dimensions")));

    private static final Columns<FormerNames> FORMER = Columns.of(
            column("stream_id", "uuid", FormerNames::streamId),
            column("terms", "text", former -> StreamTerms.of(former.key(), former.names())),
            column("texts", "text", former -> StreamTerms.texts(former.key(), former.names())));

    private static final String ADD_TERMS = """
            update streams s set
                terms = merged_terms(s.terms, string_to_array(u.terms, ' ')), texts = merged_texts(s.texts, u.texts)
            from %s
            where s.stream_id = u.stream_id and (s.terms, s.texts) is distinct from
                (merged_terms(s.terms, string_to_array(u.terms, ' ')), merged_texts(s.texts, u.texts))
            """.formatted(FORMER.rows("u"));

    private StreamTable() {}

    static void write(Together together, List<Row> rows) {
        WITH_TERMS.write(together, UPSERT, rows);
    }

    /** Adds to what the streams are found by. */
    static void writeFormer(Together together, List<FormerNames> streams) {
        FORMER.write(together, ADD_TERMS, streams);
    }
}
