package foldback.incident;

import foldback.listing.Condition;
import foldback.search.Terms;
import foldback.search.Texts;
import foldback.search.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What {@code q} looks at: the rule, the metric, the resource, the values of dimensions, the labels and the notes. */
final class IncidentSearch {
    /** Whether a note {@code n} is of an incident {@code i}. */
    static final String NOTE_OF_INCIDENT = """
            n.stream_id = i.stream_id
              and ((n.names_at, n.names_id) >= (i.first_at, i.first_id) and (n.names_at, n.names_id) <= (i.last_at, i.last_id)
                  or n.event_id = i.resolved_id)
            """.strip();

    /**
     * The terms of streams and notes find where to look, their texts whether it is worth it: only those of the incident decide. Texts stand
     * first, for where the planner reads all streams it looks at them in this order, and terms cost it fifty times as much.
     */
    private static final String IN_STREAM_OF = """
            i.stream_id in (
                select s.stream_id from streams s
                where (s.texts like ? or s.texts is null) and (s.terms @> cast(? as text[]) or s.terms is null)
                union all
                select n.stream_id from notes n where n.note ~ ? and (n.terms @> cast(? as text[]) or n.terms is null))
            """.strip();

    /** The stream is a value, and not asked to exist: the planner would look at all streams for that first. */
    private static final String CONTAINING = """
            (concat_ws(chr(10), i.alert_name, i.namespace, i.metric_name, i.instance_name) ~ ?
                or exists (
                    select from jsonb_each_text(cast(i.labels as jsonb)) l where concat_ws(chr(10), l.key, l.value) ~ ?)
                or (select coalesce(s.rule_id ~ ?, false) or exists (select from jsonb_each_text(s.dimensions) d where d.value ~ ?)
                    from streams s where s.stream_id = i.stream_id)
                or exists (
                    select from notes n where n.note ~ ? and %s))
            """.formatted(NOTE_OF_INCIDENT).strip();

    private IncidentSearch() {}

    static Condition containing(String word) {
        String pattern = Words.pattern(word);
        return Condition.of(CONTAINING, pattern, pattern, pattern, pattern, pattern);
    }

    /** Holds for the incidents of a stream of which one may contain the words of one of the texts. */
    static Optional<Condition> narrowing(List<String> texts) {
        return texts.stream().map(text -> inStreamOfAll(Words.of(text).words())).reduce(Condition::or);
    }

    /**
     * The first word finds streams. What the others find is looked up in a hashed table for each of these: to join them, the planner would
     * expect a few of each, and compare thousands with thousands.
     */
    private static Condition inStreamOfAll(List<String> words) {
        Condition all = inStreamOf(words.get(0));
        for (String word : words.subList(1, words.size())) {
            all = all.and(inStreamOf(word).inside("(%s) is true"));
        }
        return all;
    }

    private static Condition inStreamOf(String word) {
        String[] terms = Terms.of(word).toArray(String[]::new);
        return Condition.of(IN_STREAM_OF, Texts.like(word), terms, Words.pattern(word), terms);
    }

    /** The same texts of an incident as clients see it, with blanks between. */
    static String text(IncidentView incident, List<String> notes) {
        List<@Nullable String> texts = new ArrayList<>(notes);
        texts.add(incident.ruleId());
        texts.add(incident.alertName());
        texts.add(incident.namespace());
        texts.add(incident.metricName());
        texts.add(incident.instanceName());
        texts.addAll(incident.dimensions().values());
        texts.addAll(incident.labels().keySet());
        texts.addAll(incident.labels().values());
        StringBuilder all = new StringBuilder();
        texts.forEach(text -> all.append(text == null ? "" : text).append('\n'));
        return all.toString();
    }
}
