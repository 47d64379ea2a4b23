package foldback.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.access.AccessSettings;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What can be known of the container files without an engine to run them. */
class ContainerFilesTest {
    private static final String REQUIRED = "\\$\\{[A-Z_]+:\\?.+}";

    private final Map<String, Object> compose =
            new Yaml(new SafeConstructor(new LoaderOptions())).load(read("docker-compose.yml"));
    private final List<String> dockerfile = read("Dockerfile").lines().toList();

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object of, String... path) {
        Object value = of;
        for (String name : path) {
            value = ((Map<String, Object>) value).get(name);
        }
        return (Map<String, Object>) value;
    }

    @ParameterizedTest
    @ValueSource(strings = {"foldback", "database"})
    void eachServiceIsWatchedAndKeepsItsDataInANamedVolume(String service) {
        Map<String, Object> definition = map(compose, "services", service);
        assertTrue(map(definition, "healthcheck").containsKey("test"));
        String volume = ((List<?>) definition.get("volumes")).get(0).toString().split(":", 2)[0];
        assertTrue(map(compose, "volumes").containsKey(volume), volume);
    }

    @Test
    void theServiceWaitsForAHealthyDatabase() {
        assertEquals(
                "service_healthy",
                map(compose, "services", "foldback", "depends_on", "database").get("condition"));
        assertEquals("postgres:18", map(compose, "services", "database").get("image"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"foldback", "database"})
    void everySecretMustBeGivenAndHasNoDefault(String service) {
        map(compose, "services", service, "environment").forEach((name, value) -> {
            if (name.contains("PASSWORD") || name.contains("HASH") || name.contains("TOKEN")) {
                assertTrue(value.toString().matches(REQUIRED), name);
            }
        });
    }

    @Test
    void theAccessVariablesAreThoseThatTheServiceReads() {
        Map<String, String> environment = new HashMap<>();
        map(compose, "services", "foldback", "environment")
                .forEach((name, value) -> environment.put(name, value.toString()));
        AccessSettings settings = new SmallRyeConfigBuilder()
                .withSources(new EnvConfigSource(environment, 300))
                .withMapping(AccessSettings.class)
                .build()
                .getConfigMapping(AccessSettings.class);
        assertTrue(settings.tokens().containsKey("cloudmonitor"));
        assertEquals("admin", settings.keys().get("operator").role());
    }

    @Test
    void theDatasourceVariablesAreThoseThatTheServiceReads() {
        assertTrue(map(compose, "services", "foldback", "environment")
                .keySet()
                .containsAll(List.of(
                        "QUARKUS_DATASOURCE_JDBC_URL", "QUARKUS_DATASOURCE_USERNAME", "QUARKUS_DATASOURCE_PASSWORD")));
    }

    @Test
    void theImageRunsTheJarAsAnOrdinaryUser() {
        assertEquals("FROM eclipse-temurin:17-jre", instruction("FROM"));
        assertFalse(instruction("USER").contains("root"));
        assertEquals("COPY target/quarkus-app/ ./", instruction("COPY"));
        assertTrue(instruction("ENTRYPOINT").contains("quarkus-run.jar"));
        assertTrue(dockerfile.contains("ENV QUARKUS_HTTP_HOST=0.0.0.0"));
        assertTrue(dockerfile.indexOf(instruction("USER")) < dockerfile.indexOf(instruction("ENTRYPOINT")));
    }

    private String instruction(String name) {
        return dockerfile.stream()
                .filter(line -> line.startsWith(name + " "))
                .findFirst()
                .orElseThrow();
    }
}
