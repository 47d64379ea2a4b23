package foldback.bench;

import java.sql.Connection;
import java.sql.SQLException;

/** The heads of the streams of a stored history, as their last events left them. */
final class StoredHeads {
    private static final String WRITE = """
            insert into stream_heads (
                stream_id, version, fold_version, newest_at, greatest_id, signal, signal_since, last_signal_at, last_signal_id,
                incident_id, signal_count, operator_count, stray_count, duplicate_count, late_count, incident_count, display_hash)
            select s.stream_id, i.incidents * %1$d + coalesce(c.operators, 0), v.version, l.last_at, l.last_id, l.signal,
                coalesce(l.resolved_at, l.first_at), l.last_at, l.last_id, l.id, i.incidents * %1$d, coalesce(c.operators, 0), 0, 0, 0,
                i.incidents, s.display_hash
            from stored_streams s
            cross join (select max(version) as version from fold_versions) v
            join (select stream_id, count(*) as incidents, max(first_at) as latest from incidents group by stream_id) i
              on i.stream_id = s.stream_id
            join incidents l on l.stream_id = s.stream_id and l.first_at = i.latest
            left join (select stream_id, count(*) as operators from events where type <> 'signal' group by stream_id) c
              on c.stream_id = s.stream_id
            order by s.stream_id
            """.formatted(Stored.SIGNALS);

    private StoredHeads() {}

    static void write(Connection connection) throws SQLException {
        Stored.execute(connection, WRITE);
    }
}
