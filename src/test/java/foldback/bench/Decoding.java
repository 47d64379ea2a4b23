package foldback.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import foldback.callback.CallbackReader;
import foldback.callback.CallbackReading;
import foldback.callback.Fields;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Reading the sample callbacks, each in turn, beside what Jackson needs to make a tree of the same fields as JSON. An operation is all
 * samples of a kind; what is no threshold alert is left out, as it is not read to its end.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Decoding {
    private static final ObjectMapper JACKSON = new ObjectMapper();

    /** What the names of the samples end with. */
    @Param({"form", "json"})
    public String kind = "";

    private List<byte[]> bodies = List.of();
    private List<byte[]> asJson = List.of();

    @Setup
    public void load() throws IOException {
        bodies = bodies(kind);
        asJson = "json".equals(kind)
                ? bodies
                : bodies.stream().map(Decoding::json).toList();
    }

    static List<byte[]> bodies(String kind) throws IOException {
        try (Stream<Path> files = Files.list(samples())) {
            return files.filter(file -> file.toString().endsWith("." + kind))
                    .sorted()
                    .map(Decoding::content)
                    .filter(body -> CallbackReader.read(body) instanceof CallbackReading.Read)
                    .toList();
        }
    }

    private static Path samples() {
        URL samples = Objects.requireNonNull(Decoding.class.getResource("/callbacks"));
        try {
            return Path.of(samples.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] content(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] json(byte[] form) {
        try {
            return JACKSON.writeValueAsBytes(Fields.of(form));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Benchmark
    public void decoder(Blackhole hole) {
        for (byte[] body : bodies) {
            hole.consume(CallbackReader.read(body));
        }
    }

    @Benchmark
    public void readTree(Blackhole hole) throws IOException {
        for (byte[] body : asJson) {
            JsonNode tree = JACKSON.readTree(body);
            hole.consume(tree);
        }
    }
}
