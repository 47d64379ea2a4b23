package foldback.report;

import foldback.listing.Parameters;
import foldback.listing.Places;
import foldback.listing.Snapshot;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.Function;
import org.hibernate.Session;

/** Where reports of all kinds ask the database: few at once, each in one snapshot. */
@Singleton
class ReportSnapshot {
    /** A report keeps the database busy for seconds: most questions are left to the rest. */
    private static final int AT_ONCE = 2;

    private static final int MOST_WAITING = 8;

    /** A year of a large log takes longer than any other question may, and a page has several. */
    private static final Snapshot.Limits PATIENT = new Snapshot.Limits(Duration.ofMinutes(1), Duration.ofMinutes(10));

    /** To sort in pieces that caches hold is faster than in one; durations, which are looked up in a hash table, have room beside them. */
    private static final String ROOM_TO_SORT =
            "select set_config('work_mem', '16MB', true), set_config('hash_mem_multiplier', '4', true)";

    private static final String ZONE = "select count(*) from pg_timezone_names where name = :tz";
    private static final String FOLD_VERSION = "select max(version) from fold_versions";

    private final Places places = new Places(AT_ONCE, MOST_WAITING);
    private final Snapshot snapshot;

    ReportSnapshot(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    <T> T ask(Question question, Function<Session, T> answer) {
        return places.in(() -> snapshot.ask(PATIENT, session -> {
            session.createNativeQuery(ROOM_TO_SORT, Object[].class).getSingleResult();
            refuseUnknownZone(session, question.tz());
            return answer.apply(session);
        }));
    }

    /** What incidents are folded with now. */
    int foldVersion() {
        return snapshot.ask(ReportSnapshot::foldVersion);
    }

    /** Java may know a zone that the database does not. */
    private static void refuseUnknownZone(Session session, String tz) {
        if (!tz.equals("UTC")
                && session.createNativeQuery(ZONE, Long.class)
                                .setParameter("tz", DatabaseZone.of(tz))
                                .getSingleResult()
                        == 0) {
            throw Parameters.refused("tz", "is a zone that the database does not know");
        }
    }

    /** What the incidents are folded with. */
    static int foldVersion(Session session) {
        Integer version = session.createNativeQuery(FOLD_VERSION, Integer.class).getSingleResult();
        return version == null ? 0 : version;
    }
}
