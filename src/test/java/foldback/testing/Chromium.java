package foldback.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Opens files in a browser without a window, once each, as somebody who was sent them does. */
public final class Chromium {
    private static final long PATIENCE_SECONDS = 60;
    private static final List<String> QUIET = List.of(
            "chromium",
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private final Path home;

    /** @param home a folder for what it writes */
    public Chromium(Path home) throws InterruptedException {
        Tools.require("chromium");
        this.home = home;
    }

    /** What its print dialog makes of it, without a header of its own. */
    public byte[] print(Path page) throws IOException, InterruptedException {
        Path pdf = home.resolve("page.pdf");
        open(page, "--no-pdf-header-footer", "--print-to-pdf=" + pdf);
        return Files.readAllBytes(pdf);
    }

    /** The document as it stands once it was laid out; it may look into other files. */
    public String show(Path page) throws IOException, InterruptedException {
        return open(page, "--hide-scrollbars", "--allow-file-access-from-files", "--dump-dom");
    }

    private String open(Path page, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(QUIET);
        command.add("--user-data-dir=" + home.resolve("profile"));
        command.addAll(List.of(options));
        command.add(page.toUri().toString());
        Path out = home.resolve("out");
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(out.toFile())
                .start();
        boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        assertTrue(ended, "the browser does not end");
        return Files.readString(out);
    }
}
