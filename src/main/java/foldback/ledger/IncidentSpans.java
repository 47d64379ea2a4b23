package foldback.ledger;

/** Incidents as spans of their stream's events, which do not overlap: joins that find one by where it lies. */
public final class IncidentSpans {
    /** The incident {@code i} that holds the signal {@code e}: of those that began up to it, only the latest can. */
    public static final String HOLDER = """
            join lateral (
                select h.id, h.last_at, h.last_id from incidents h
                where h.stream_id = e.stream_id and (h.first_at, h.first_id) <= (e.occurred_at, e.id)
                order by h.first_at desc, h.first_id desc
                limit 1
            ) i on (i.last_at, i.last_id) >= (e.occurred_at, e.id)
            """;

    /** The incident {@code p} before the incident {@code i}, if there is one: its {@code id} and {@code resolved_at}. */
    public static final String PREVIOUS = """
            left join lateral (
                select p.id, p.resolved_at from incidents p
                where p.stream_id = i.stream_id and (p.first_at, p.first_id) < (i.first_at, i.first_id)
                order by p.first_at desc, p.first_id desc
                limit 1
            ) p on true
            """;

    private IncidentSpans() {}
}
