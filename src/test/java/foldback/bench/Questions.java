package foldback.bench;

import foldback.testing.TemporaryDirectories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * How long the questions of on-call people take beside a year of stored history, each beside the reading of one incident in the same
 * run: the 99th of a hundred answers, one asked after the other, all kinds in turn. {@code -Dbench.stored} is how many signals are
 * stored, ten an incident; {@code -Dbench.asked} how often each is asked; {@code -Dbench.kept} a directory in which the history is kept.
 */
final class Questions {
    private static final long STORED = Long.getLong("bench.stored", 1_000_000);
    private static final String KEPT = System.getProperty("bench.kept", "");
    private static final int STREAMS = (int) Math.min(20_000, STORED / Stored.SIGNALS / 5);
    private static final int ASKED = Integer.getInteger("bench.asked", 200);
    private static final int WARMING = 20;
    private static final String DETAIL = "one incident";

    private final Figures figures;
    private final UnderLoad service;
    private final Random random = new Random(1);

    private Questions(Figures figures, UnderLoad service) {
        this.figures = figures;
        this.service = service;
    }

    public static void main(String[] arguments) throws Exception {
        Figures figures = new Figures();
        measure(figures);
        System.out.println("\n" + figures.table());
    }

    static void measure(Figures figures) throws IOException, InterruptedException, SQLException {
        Path directory = KEPT.isEmpty() ? Path.of("target", "bench", "questions") : Path.of(KEPT);
        if (KEPT.isEmpty()) {
            TemporaryDirectories.delete(directory);
        }
        Path data = Files.createDirectories(directory).toAbsolutePath();
        StoredDatabase.open(data.resolve("data"), STORED, STREAMS).close();
        try (UnderLoad service = UnderLoad.on(data)) {
            new Questions(figures, service).run();
        }
        if (KEPT.isEmpty()) {
            TemporaryDirectories.delete(directory);
        }
    }

    private void run() throws IOException, InterruptedException, SQLException {
        List<Question> questions = new QuestionList(service).all();
        for (int i = 0; i < WARMING; i++) {
            for (Question question : questions) {
                ask(question);
            }
        }
        List<List<Double>> times = new ArrayList<>();
        questions.forEach(question -> times.add(new ArrayList<>()));
        for (int i = 0; i < ASKED; i++) {
            for (int q = 0; q < questions.size(); q++) {
                times.get(q).add(ask(questions.get(q)));
            }
        }
        for (int q = 0; q < questions.size(); q++) {
            report(questions.get(q), times.get(q));
        }
    }

    /** One kind of question. {@code bar}: what multiple of another's time it may take; 0: it is what others are compared with. */
    record Question(String name, double bar, String baseline, List<String> paths) {
        Question(String name, double bar, List<String> paths) {
            this(name, bar, DETAIL, paths);
        }
    }

    private double ask(Question question) throws IOException, InterruptedException {
        String path = question.paths.get(random.nextInt(question.paths.size()));
        long begin = System.nanoTime();
        service.answer(path);
        return (System.nanoTime() - begin) / 1e3;
    }

    private void report(Question question, List<Double> times) {
        Collections.sort(times);
        figures.add("p50 of " + question.name, times.get(times.size() / 2));
        figures.add(question.name, times.get(times.size() * 99 / 100));
        if (question.bar > 0) {
            figures.atMost(question.name, "µs", question.bar, question.baseline);
        }
    }

    static List<String> paths(String format, List<String> values) {
        return values.stream().map(format::formatted).toList();
    }

    static Question detail(List<String> ids) {
        return new Question(DETAIL, 0, paths("/api/incidents/%s", ids));
    }

    static Question list(String query, double bar, List<String> values) {
        return new Question(
                values.size() == 1 ? query.formatted(values.get(0)) : query,
                bar,
                paths("/api/incidents?" + query, values));
    }

    static Question list(String query, double bar, String... values) {
        return list(query, bar, Arrays.asList(values));
    }
}
