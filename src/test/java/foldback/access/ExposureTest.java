package foldback.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExposureTest {
    private static final String TOKEN = Fingerprint.of("token").hex();
    private static final String KEY = Fingerprint.of("key").hex();

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, false, false, false, true",
        "localhost, false, false, false, true",
        "127.1.2.3, false, false, false, true",
        "::1, false, false, false, true",
        "[::1], false, false, false, true",
        "0.0.0.0, false, false, false, false",
        "::, false, false, false, false",
        "192.168.1.2, true, false, false, false",
        "192.168.1.2, false, true, false, false",
        "192.168.1.2, true, true, false, true",
        "127.0.0.1.example.org, false, false, false, false",
        "foldback.example.org, true, true, true, true",
        "127.0.0.1, false, false, true, false",
        "127.0.0.1, true, false, true, false",
        "127.0.0.1, true, true, true, true"
    })
    void whoCanBeReachedNeedsATokenAndAKey(String host, boolean token, boolean key, boolean external, boolean starts) {
        Settings settings = new Settings(
                token ? Map.of("cloudmonitor", TOKEN) : Map.of(),
                key ? Map.of("operator", new Settings.One(KEY, Role.ADMIN)) : Map.of());
        assertEquals(starts, Exposure.objections(settings, host, external).isEmpty());
    }

    @Test
    void theObjectionSaysWhatToDo() {
        List<String> objections = Exposure.objections(new Settings(Map.of(), Map.of()), "0.0.0.0", false);
        assertEquals(1, objections.size());
        assertTrue(objections.get(0).contains("java -jar quarkus-run.jar token "), objections.get(0));
        assertTrue(objections.get(0).contains("java -jar quarkus-run.jar key "), objections.get(0));
    }

    @Test
    void whatIsMalformedIsNamedAndNotRepeated() {
        Settings settings = new Settings(
                Map.of("a", "the-secret-itself", "b/c", TOKEN),
                Map.of("a", 0, "f", 10),
                Map.of("d", new Settings.One(KEY.substring(1), "root"), "e", new Settings.One(TOKEN, Role.VIEWER)));
        String objections = String.join("\n", Exposure.objections(settings, "127.0.0.1", false));
        assertFalse(objections.contains("the-secret-itself"), objections);
        for (String name : List.of(
                "tokens.a is not",
                "tokens.b/c: a label",
                "rates.a is 0, and should be 1 to 1000000",
                "rates.f limits a token that there is not",
                "keys.d.hash is not",
                "keys.d.role is root",
                "keys.e.hash is the same as foldback.access.tokens.b/c")) {
            assertTrue(objections.contains("foldback.access." + name), name + " in:\n" + objections);
        }
    }
}
