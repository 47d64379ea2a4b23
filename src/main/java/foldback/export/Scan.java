package foldback.export;

import foldback.listing.Selection;
import jakarta.persistence.metamodel.Metamodel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.UUID;
import org.hibernate.ScrollMode;
import org.hibernate.ScrollableResults;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * All rows of a selection as entities with their streams, a few of them in memory.
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
            select %s, cast(%s as uuid) as more from %s
            join streams s on s.stream_id = %s.stream_id
            where %s
            order by %s
            """;

    /** Takes a row, which is forgotten behind it. */
    @FunctionalInterface
    public interface Taker<E> {
        void take(E row, @Nullable UUID id) throws IOException;
    }

    /**
     * Reads by {@code COPY}, while the database goes on. Until all are read the session can be asked nothing else.
     *
     * @throws UncheckedIOException where the taker throws what it is made of
     */
    public void copy(Session session, Selection selection, Taker<E> taker) {
        session.doWork(connection -> {
            try {
                copy(session.getMetamodel(), connection.unwrap(PGConnection.class), selection, taker);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private void copy(Metamodel entities, PGConnection connection, Selection selection, Taker<E> taker)
            throws SQLException, IOException {
        EntityColumns<E> columns = new EntityColumns<>(entities.entity(entity), alias, "s");
        String query = selection.where().inText(all(columns.sql(), selection), connection);
        try (CopiedRows rows = new CopiedRows(connection, query, columns.count() + 1)) {
            while (rows.next()) {
                taker.take(columns.read(rows), rows.uuid());
            }
        }
    }

    private String all(String columns, Selection selection) {
        return ALL.formatted(columns, id, from, alias, selection.where().sql(), selection.order());
    }

    /** Reads through a cursor: the session may be asked other things in between. */
    public void read(Session session, Selection selection, Taker<E> taker) throws IOException {
        String sql = all("{%s.*}, {s.*}".formatted(alias), selection);
        NativeQuery<Object[]> query = session.createNativeQuery(sql, Object[].class)
                .addEntity(alias, entity)
                .addJoin("s", alias, "stream")
                .addScalar("more", UUID.class);
        try (ScrollableResults<Object[]> rows =
                selection.where().bind(query).setFetchSize(AT_ONCE).scroll(ScrollMode.FORWARD_ONLY)) {
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
