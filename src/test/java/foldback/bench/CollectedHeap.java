package foldback.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** What a JVM's heap still held after each collection, from the log that {@link #option} makes it write. */
final class CollectedHeap {
    /** {@code Pause Young (Normal) (G1 Evacuation Pause) 105M->23M(256M) 2.3ms}. */
    private static final Pattern COLLECTED = Pattern.compile("Pause.* \\d+M->(\\d+)M\\(");

    private final Path log;
    private int seen;

    CollectedHeap(Path log) {
        this.log = log;
    }

    String option() {
        return "-Xlog:gc:file=" + log;
    }

    /** Forgets the collections so far. */
    void begin() throws IOException {
        seen = all().size();
    }

    /** The most that was held in each of that many stretches since the beginning, in MB; in fewer, where there were not as many. */
    List<Integer> held(int most) throws IOException {
        List<Integer> all = all();
        List<Integer> held = all.subList(seen, all.size());
        int stretches = Math.min(most, held.size());
        if (stretches < 2) {
            throw new IllegalStateException("only " + held.size() + " collections: too short to see the heap grow");
        }
        return IntStream.range(0, stretches)
                .mapToObj(i -> held.subList(held.size() * i / stretches, held.size() * (i + 1) / stretches).stream()
                        .max(Integer::compare)
                        .orElseThrow())
                .toList();
    }

    private List<Integer> all() throws IOException {
        return COLLECTED
                .matcher(Files.readString(log))
                .results()
                .map((MatchResult collected) -> Integer.valueOf(collected.group(1)))
                .toList();
    }
}
