package foldback.report;

import foldback.listing.Parameters;
import foldback.problem.ProblemException;
import jakarta.persistence.Tuple;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The groups of a report, in their order. They are held, so there is a bound: what exceeds it is refused, never cut. */
final class Groups {
    static final int MOST = 20_000;

    /** Each of these holds the medians of its samples as well. */
    private static final int MOST_COMPARED = 1000;

    /** Names of groups may be as long as a callback. */
    private static final long MOST_TEXT = 8 << 20;

    private final Question question;
    private final Window window;
    private final Map<Key, Group> groups = new LinkedHashMap<>();
    private long text;
    private @Nullable Group passing;

    Groups(Question question, Window window) {
        this.question = question;
        this.window = window;
    }

    /** What the incidents of a group have in common. */
    private record Key(@Nullable String first, @Nullable String second) {
        static Key of(Tuple row) {
            return new Key(row.get("k1", String.class), row.get("k2", String.class));
        }

        int length() {
            return Stream.of(first, second)
                    .filter(Objects::nonNull)
                    .mapToInt(String::length)
                    .sum();
        }
    }

    /** One more, with what the database summed up of it. */
    void add(Tuple totals) {
        Key key = Key.of(totals);
        text += key.length();
        if (groups.size() == most() || text > MOST_TEXT) {
            throw tooMany();
        }
        groups.put(key, new Group(totals));
    }

    private int most() {
        return question.compared() ? MOST_COMPARED : MOST;
    }

    private ProblemException tooMany() {
        String field = question.compared() ? "compare" : "groupBy";
        return Parameters.refused(
                field,
                "makes more than " + most()
                        + " groups, or some whose names are too long together: filter, or group by less");
    }

    /** The next duration of the group that passes by, or the first one of another group. */
    void take(Tuple row) {
        Group group = Objects.requireNonNull(groups.get(Key.of(row)), "both queries see the same groups");
        if (group != passing) {
            end();
            group.begin(question.compared(), window.equals(question.window()));
            passing = group;
        }
        group.take(Passing.of(row));
    }

    /** Behind the last duration. */
    void end() {
        if (passing != null) {
            passing.end();
            passing = null;
        }
    }

    /** @param before the groups of the window before, where they are compared */
    List<ReportRow> rows(@Nullable Groups before) {
        List<ReportRow> rows = new ArrayList<>();
        groups.forEach((key, group) -> {
            Change change = before == null ? null : group.since(before.groups.get(key));
            rows.add(group.row(names(key), question.target() != null, change));
        });
        return rows;
    }

    private Map<String, @Nullable Object> names(Key key) {
        Map<String, @Nullable Object> names = new LinkedHashMap<>();
        List<GroupKey> keys = question.keys();
        for (int at = 0; at < keys.size(); at++) {
            names.put(keys.get(at).word(), keys.get(at).shown(at == 0 ? key.first : key.second));
        }
        return Collections.unmodifiableMap(names);
    }
}
