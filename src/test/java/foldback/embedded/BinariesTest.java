package foldback.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinariesTest {
    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, linux-x86_64",
        "Linux, aarch64, linux-arm_64",
        "Mac OS X, aarch64, darwin-arm_64",
        "Linux, riscv64, linux-riscv64"
    })
    void theArchiveIsNamedByPlatform(String system, String architecture, String platform) {
        assertEquals(platform, Binaries.platform(system, architecture));
    }

    @Test
    void theVersionIsThatOfThePom() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        assertTrue(pom.contains("<postgres-binaries.version>" + Binaries.VERSION + "</postgres-binaries.version>"));
    }
}
