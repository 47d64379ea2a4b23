package foldback.export;

import foldback.listing.Selection;
import foldback.listing.Where;
import java.io.IOException;
import java.util.UUID;
import org.hibernate.ScrollMode;
import org.hibernate.ScrollableResults;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;
import org.jspecify.annotations.Nullable;

/**
 * All rows of a selection as entities with their streams, read through a cursor of the database.
 *
 * @param entity what a row is read as; it has a {@code stream}
 * @param from where the rows are, and what belongs to each of them
 * @param alias what the selection calls the rows; their streams are {@code s}
 * @param id one more id that is read with each row, in SQL
 */
public record Scan<E>(Class<E> entity, String from, String alias, String id) {
    /** How many rows are read at once, and in memory: a row may have as much text as a callback, 256 KiB. */
    private static final int AT_ONCE = 50;

    private static final String ALL = """
            select {%1$s.*}, {s.*}, cast(%3$s as uuid) as more from %2$s
            join streams s on s.stream_id = %1$s.stream_id
            where %4$s
            order by %5$s
            """;

    /** Takes a row, which is forgotten behind it. */
    @FunctionalInterface
    public interface Taker<E> {
        void take(E row, @Nullable UUID id) throws IOException;
    }

    public void read(Session session, Selection selection, Taker<E> taker) throws IOException {
        Where where = selection.where();
        String sql = ALL.formatted(alias, from, id, where.sql(), selection.order());
        NativeQuery<Object[]> query = session.createNativeQuery(sql, Object[].class)
                .addEntity(alias, entity)
                .addJoin("s", alias, "stream")
                .addScalar("more", UUID.class);
        try (ScrollableResults<Object[]> rows =
                where.bind(query).setFetchSize(AT_ONCE).scroll(ScrollMode.FORWARD_ONLY)) {
            for (int held = 1; rows.next(); held++) {
                Object[] row = rows.get();
                taker.take(entity.cast(row[0]), (UUID) row[row.length - 1]);
                if (held % AT_ONCE == 0) {
                    session.clear();
                }
            }
        }
    }
}
