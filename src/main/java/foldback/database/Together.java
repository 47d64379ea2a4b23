package foldback.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Statements that go to the database together, in order, in one round trip; once they went, others can be added. */
public final class Together {
    /** Binds a statement's parameters from the given one on, and tells which is the next. */
    @FunctionalInterface
    public interface Binding {
        int bind(PreparedStatement statement, int first) throws SQLException;
    }

    /** Takes in the rows that a statement answers. */
    @FunctionalInterface
    public interface Answer {
        void take(ResultSet rows) throws SQLException;
    }

    private record Part(String sql, Binding parameters, Answer answer) {}

    /** Of each combination that was run, of which there are few: the driver knows a text by its hash, which the same string keeps. */
    private static final Map<List<String>, String> TEXTS = new ConcurrentHashMap<>();

    private final List<Part> parts = new ArrayList<>();

    /** Adds a statement whose answer, if any, says nothing. */
    public void add(String sql, Binding parameters) {
        ask(sql, parameters, rows -> {});
    }

    /** Adds a question. */
    public void ask(String sql, Binding parameters, Answer answer) {
        parts.add(new Part(sql, parameters, answer));
    }

    /** Runs them all, and tells how many rows each wrote, by its text. */
    public Map<String, Integer> run(Connection connection) throws SQLException {
        if (parts.isEmpty()) {
            return Map.of();
        }
        List<Part> going = List.copyOf(parts);
        parts.clear();
        return run(connection, going);
    }

    private static Map<String, Integer> run(Connection connection, List<Part> parts) throws SQLException {
        Map<String, Integer> written = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(text(parts))) {
            int next = 1;
            for (Part part : parts) {
                next = part.parameters.bind(statement, next);
            }
            boolean answers = statement.execute();
            for (Part part : parts) {
                if (answers) {
                    part.answer.take(statement.getResultSet());
                } else {
                    written.put(part.sql, statement.getUpdateCount());
                }
                answers = statement.getMoreResults();
            }
        }
        return written;
    }

    private static String text(List<Part> parts) {
        return TEXTS.computeIfAbsent(parts.stream().map(Part::sql).toList(), sql -> String.join(";\n", sql));
    }
}
