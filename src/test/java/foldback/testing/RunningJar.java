package foldback.testing;

import foldback.embedded.UnpackedOnce;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged jar as a process of its own, on free ports. */
public final class RunningJar implements AutoCloseable {
    private static final Path JAR =
            Path.of("target/quarkus-app/quarkus-run.jar").toAbsolutePath();
    private static final Pattern LISTENING = Pattern.compile(
            "Listening on: http://[^:]+:(\\d+)\\. Management interface listening on http://[^:]+:(\\d+)");

    private static final Duration READ_OUT = Duration.ofSeconds(10);

    private final Process process;
    private final List<String> output = new CopyOnWriteArrayList<>();
    private final Thread reader = new Thread(this::read, "output-of-jar");

    private RunningJar(Process process) {
        this.process = process;
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts it in less time: compiled quickly rather than well, and with its PostgreSQL unpacked where it uses one. It may be up soon,
     * or end. Ports are free ones unless the environment says otherwise.
     */
    public static RunningJar start(Path dataDir, Map<String, String> environment) throws IOException {
        if (!environment.containsKey("QUARKUS_DATASOURCE_JDBC_URL")) {
            UnpackedOnce.into(dataDir);
        }
        return start(dataDir, environment, List.of("-XX:TieredStopAtLevel=1"), List.of());
    }

    /** Starts it as in life, on whatever is there. */
    public static RunningJar startAsInLife(Path dataDir, Map<String, String> environment, String... arguments)
            throws IOException {
        return start(dataDir, environment, List.of(), List.of(arguments));
    }

    private static RunningJar start(
            Path dataDir, Map<String, String> environment, List<String> options, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(options);
        command.addAll(List.of("-jar", JAR.toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.directory(dataDir.getParent().toFile());
        builder.environment().put("FOLDBACK_DATA_DIR", dataDir.toString());
        builder.environment().put("QUARKUS_HTTP_PORT", "0");
        builder.environment().put("QUARKUS_MANAGEMENT_PORT", "0");
        builder.environment().putAll(environment);
        return new RunningJar(builder.start());
    }

    private void read() {
        try (BufferedReader lines = process.inputReader()) {
            lines.lines().forEach(output::add);
        } catch (IOException | UncheckedIOException e) {
            output.add("(" + e + ")");
        }
    }

    /** Waits until it listens. */
    public RunningJar up() {
        Await.until("the service listens", Duration.ofMinutes(3), () -> {
            if (!LISTENING.matcher(output()).find()) {
                throw new IllegalStateException((process.isAlive() ? "not yet: " : "ended: ") + output());
            }
            return true;
        });
        return this;
    }

    /** Where it listens. */
    public int port() {
        return port(1);
    }

    /** Where health and metrics are. */
    public int managementPort() {
        return port(2);
    }

    private int port(int group) {
        Matcher listening = LISTENING.matcher(output());
        if (!listening.find()) {
            throw new IllegalStateException("Not listening: " + output());
        }
        return Integer.parseInt(listening.group(group));
    }

    public long pid() {
        return process.pid();
    }

    /** What it has printed so far, errors too. */
    public String output() {
        return String.join("\n", output);
    }

    /** Waits for its end, which is expected within the time. */
    public int exitCode(Duration atMost) throws InterruptedException {
        if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("Still running after " + atMost + ": " + output());
        }
        reader.join(READ_OUT.toMillis());
        return process.exitValue();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** The most memory that it has had at once, its heap and all else. */
    public long peakResidentMegabytes() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
            String peak =
                    lines.filter(line -> line.startsWith("VmHWM:")).findFirst().orElseThrow();
            return Long.parseLong(peak.replaceAll("\\D", "")) / 1024;
        }
    }

    /** SIGTERM. By its handle: the process itself would close its output unread. */
    public void terminate() {
        process.toHandle().destroy();
    }

    /** SIGKILL, to the service alone: its PostgreSQL survives. */
    public void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        process.waitFor();
    }

    /** Ends it and waits. */
    @Override
    public void close() {
        terminate();
        try {
            exitCode(Duration.ofSeconds(30));
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
