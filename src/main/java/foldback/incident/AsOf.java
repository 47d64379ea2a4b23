package foldback.incident;

import foldback.listing.Parameters;
import java.time.Instant;
import org.hibernate.Session;

/** The instant of which a question asks what was recorded by then, by the clock that records: the database's. */
final class AsOf {
    static final String NAME = "asOf";

    private static final String NOW = "select clock_timestamp()";

    private AsOf() {}

    /** What is yet to be recorded nobody knows. */
    static void refuseFuture(Session session, Instant asOf) {
        Instant now = session.createNativeQuery(NOW, Instant.class).getSingleResult();
        if (asOf.isAfter(now)) {
            throw Parameters.refused(NAME, "should not lie in the future; it is " + now);
        }
    }
}
