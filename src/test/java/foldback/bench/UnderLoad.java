package foldback.bench;

import foldback.testing.Await;
import foldback.testing.RunningJar;
import foldback.testing.TemporaryDirectories;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The service as users start it, {@code java -jar} with its embedded PostgreSQL, and what drives and watches it from outside. */
final class UnderLoad implements AutoCloseable {
    private static final Pattern RESIDENT = Pattern.compile("VmHWM:\\s+(\\d+) kB");

    private final Path directory;
    private final RunningJar service;
    private final boolean kept;
    /** The signals begin here: lately enough for the partitions that a database has, and early enough for all that are to come. */
    private final long fromMillis = Instant.now().minus(20, ChronoUnit.DAYS).toEpochMilli();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<Integer, Long> next = new HashMap<>();

    private UnderLoad(Path directory, RunningJar service, boolean kept) {
        this.directory = directory;
        this.service = service;
        this.kept = kept;
    }

    /** With nothing stored, and nothing left of it when it is closed. */
    static UnderLoad start() throws IOException {
        Path directory = Files.createDirectories(Path.of("target", "bench")).toAbsolutePath();
        TemporaryDirectories.delete(directory.resolve("data"));
        return new UnderLoad(directory, jar(directory), false);
    }

    /** With what is stored in {@code data} of the directory, which stays. */
    static UnderLoad on(Path directory) throws IOException {
        return new UnderLoad(directory, jar(directory), true);
    }

    private static RunningJar jar(Path directory) throws IOException {
        return RunningJar.startAsInLife(directory.resolve("data"), Map.of()).up();
    }

    /**
     * Posts from a process of its own.
     *
     * @param base the first of the streams, so that runs of different kinds have streams of their own
     * @param rate callbacks a second, 0 for as many as are answered
     */
    Plan.Result drive(int connections, Traffic.Shape shape, int base, int streams, int count, long rate, String order)
            throws IOException, InterruptedException {
        long first = next.merge(base, (long) count, Long::sum) - count;
        List<String> command = List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx256m",
                // Compiled quickly rather than well: it lives for seconds, beside the service on the same processors.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Driver.class.getName(),
                Integer.toString(service.port()),
                Integer.toString(connections),
                shape.name(),
                Integer.toString(base),
                Integer.toString(streams),
                Long.toString(fromMillis),
                Long.toString(first),
                Integer.toString(count),
                Long.toString(rate),
                order);
        Process driver = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String line = new String(driver.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (driver.waitFor() != 0) {
            throw new IllegalStateException("the driver failed: " + service.output());
        }
        return Plan.Result.parse(line);
    }

    /** Where it listens. */
    int port() {
        return service.port();
    }

    /** A connection of the application's own role to the service's own database. */
    Connection connect() throws SQLException, IOException {
        Path data = directory.resolve("data");
        String port = Files.readAllLines(data.resolve("postgresql").resolve("postmaster.pid"))
                .get(3);
        String password = Files.readAllLines(data.resolve("credentials")).get(1);
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port.strip() + "/foldback", "foldback", password);
    }

    /** The most memory that the service's process ever had resident, in MB. */
    double residentMegabytes() throws IOException {
        String status = Files.readString(Path.of("/proc/" + service.pid() + "/status"));
        Matcher resident = RESIDENT.matcher(status);
        return resident.find() ? Long.parseLong(resident.group(1)) / 1024.0 : Double.NaN;
    }

    /** The heap that the service has taken from the machine, in MB. */
    double heapMegabytes() throws IOException, InterruptedException {
        String metrics = get("http://127.0.0.1:" + service.managementPort() + "/q/metrics");
        return metrics.lines()
                        .filter(line -> line.startsWith("jvm_memory_committed_bytes{area=\"heap\""))
                        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                        .sum()
                / (1 << 20);
    }

    String get(String path) throws IOException, InterruptedException {
        URI uri = URI.create(path.startsWith("http") ? path : "http://127.0.0.1:" + service.port() + path);
        return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** The body of an answer that must be 200. */
    String answer(String path) throws IOException, InterruptedException {
        return ok(request(path).build());
    }

    /** The same of a callback. */
    String post(String body) throws IOException, InterruptedException {
        return ok(request("/callbacks/local")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + path));
    }

    private String ok(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(request.uri() + ": " + answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }

    /** Waits until what was posted is accounted for, and fails where it is not. */
    void audit() {
        Await.until("the service accounts for every callback", Duration.ofSeconds(30), () -> {
            String account = get("/api/completeness");
            return account.contains("\"agrees\":true") && account.contains("\"inFlight\":0");
        });
    }

    @Override
    public void close() {
        service.close();
        if (!kept) {
            TemporaryDirectories.delete(directory.resolve("data"));
        }
    }
}
