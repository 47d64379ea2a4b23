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

    /** The next row: of another group, what the database summed up of it, and then its durations, upwards. */
    void take(Tuple row) {
        if (row.get("micros") == null) {
            end();
            passing = begun(row);
        } else {
            Objects.requireNonNull(passing, "a group begins with its sums").take(Passing.of(row));
        }
    }

    private Group begun(Tuple totals) {
        Key key = Key.of(totals);
        text += key.length();
        if (groups.size() == most() || text > MOST_TEXT) {
            throw tooMany();
        }
        Group group = new Group(totals, question.target());
        groups.put(key, group);
        group.begin(question.compared(), window.equals(question.window()));
        return group;
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
