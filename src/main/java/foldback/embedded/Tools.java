package foldback.embedded;

import com.sun.security.auth.module.UnixSystem;
import foldback.embedded.EmbeddedPostgres.Unavailable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs PostgreSQL's programs, each to its end. */
final class Tools {
    private final Path home;

    Tools(Path home) {
        this.home = home;
    }

    /** @throws Unavailable with what the program printed, where it failed */
    void run(String program, String... arguments) {
        feed("", program, arguments);
    }

    /** As {@link #run}, with the text as the program's input. */
    void feed(String input, String program, String... arguments) {
        try {
            Process process = process(program, arguments).start();
            try (var stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            }
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw failed(program, output.strip(), null);
            }
        } catch (IOException e) {
            throw failed(program, e.toString(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(program, "interrupted", e);
        }
    }

    private ProcessBuilder process(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            // PostgreSQL refuses to run as root. In a user namespace it is nobody, while the files stay root's.
            command.addAll(List.of("unshare", "--user"));
        }
        command.add(home.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        // Neither the service's secrets nor a PGPORT, PGDATA or PGOPTIONS meant for another server.
        environment.keySet().retainAll(List.of("PATH", "HOME", "TMPDIR"));
        environment.put("LC_ALL", "C");
        return builder;
    }

    private static boolean isRoot() {
        return new UnixSystem().getUid() == 0;
    }

    private static Unavailable failed(String program, String reason, @Nullable Throwable cause) {
        String hint = isRoot()
                ? " (PostgreSQL does not run as root; where `unshare --user` is not allowed, start as another user)"
                : "";
        return new Unavailable("PostgreSQL's " + program + " failed: " + reason + hint, cause);
    }
}
