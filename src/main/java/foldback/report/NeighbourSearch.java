package foldback.report;

import foldback.listing.Where;
import org.hibernate.Session;

/** How the incidents before and after each one in its stream are found. */
enum NeighbourSearch {
    /** They are not asked for. */
    NONE,

    /** By way of an index, one at a time: for a few incidents among many. */
    LOOKED_UP,

    /** By reading all incidents in the order of their streams, which is faster where a good part of them is asked for. */
    WALKED;

    /** To look two neighbours up takes as long as to walk over some five incidents. */
    private static final int WALKED_MEANWHILE = 5;

    /** What was there when the statistics were made; less than 0 where there are none. */
    private static final String STORED =
            "select cast(reltuples as bigint) from pg_class where oid = cast('incidents' as regclass)";

    private static final String ASKED = "select count(*) from (select from incidents i where %s limit :few) asked";

    /** Finds out what is faster. */
    static NeighbourSearch of(Session session, Where where) {
        Long stored = session.createNativeQuery(STORED, Long.class).getSingleResult();
        long few = Math.max(0, stored) / WALKED_MEANWHILE + 1;
        return where.copy().with("few", few).count(session, ASKED) < few ? LOOKED_UP : WALKED;
    }
}
