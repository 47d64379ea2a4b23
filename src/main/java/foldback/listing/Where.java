package foldback.listing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hibernate.Session;
import org.hibernate.query.CommonQueryContract;
import org.postgresql.PGConnection;

/** Conditions that must all hold, in the text of a query and as its parameters. */
public final class Where {
    private static final Pattern VALUE = Pattern.compile("\\?");
    private static final Pattern NAME = Pattern.compile("(?<!:):(\\w+)");

    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> values = new HashMap<>();

    public Where and(Condition condition) {
        StringBuilder sql = new StringBuilder();
        Matcher marks = VALUE.matcher(condition.sql());
        for (Object value : condition.values()) {
            if (!marks.find()) {
                throw new IllegalArgumentException("more values than question marks in " + condition.sql());
            }
            String name = "p" + values.size();
            values.put(name, value);
            marks.appendReplacement(sql, ":" + name);
        }
        conditions.add(marks.appendTail(sql).toString());
        return this;
    }

    /** One more value, which the text of the query names by itself. */
    public Where with(String name, Object value) {
        values.put(name, value);
        return this;
    }

    public String sql() {
        return conditions.isEmpty() ? "true" : String.join("\n  and ", conditions);
    }

    public <Q extends CommonQueryContract> Q bind(Q query) {
        values.forEach(query::setParameter);
        return query;
    }

    /** A query that names the values, with them in its text instead. */
    public String inText(String query, PGConnection connection) {
        Literals literals = new Literals(connection);
        return NAME.matcher(query).replaceAll(name -> Matcher.quoteReplacement(literals.of(value(name.group(1)))));
    }

    private Object value(String name) {
        Object value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no value is called " + name);
        }
        return value;
    }

    /** How many rows there are, by a query with the conditions at its {@code %s}. */
    public Long count(Session session, String query) {
        return bind(session.createNativeQuery(query.formatted(sql()), Long.class))
                .getSingleResult();
    }

    /** Another one that begins with the same conditions. */
    public Where copy() {
        Where copy = new Where();
        copy.conditions.addAll(conditions);
        copy.values.putAll(values);
        return copy;
    }
}
