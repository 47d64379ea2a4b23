package foldback.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;

/** Programs that a test needs and a build does not bring. */
public final class Tools {
    private Tools() {}

    /** On a developer's machine a test that misses one is skipped; where CI is set, as .ci/run does, it fails. */
    public static void require(String... names) throws InterruptedException {
        for (String name : names) {
            boolean there = isThere(name);
            String missing = "This cannot be tried: " + name + " is missing.";
            assertTrue(there || System.getenv("CI") == null, missing);
            assumeTrue(there, missing);
        }
    }

    private static boolean isThere(String name) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(name, "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
