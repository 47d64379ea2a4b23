package foldback.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void withoutConfigurationOnlyLocalIsAToken() {
        CallbackTokens tokens = new CallbackTokens(new Settings(Map.of(), Map.of()));
        assertEquals(Optional.of("local"), tokens.labelOf("local"));
        assertEquals(Optional.empty(), tokens.labelOf("Local"));
        assertEquals(Optional.empty(), tokens.labelOf(""));
    }

    @Test
    void withConfigurationLocalIsNone() {
        String hash = Fingerprint.of("s3cret").hex();
        assertEquals(
                Optional.empty(), new CallbackTokens(new Settings(Map.of("cloud", hash), Map.of())).labelOf("local"));
        Settings keyOnly = new Settings(Map.of(), Map.of("ops", new Settings.One(hash, Role.ADMIN)));
        assertEquals(Optional.empty(), new CallbackTokens(keyOnly).labelOf("local"));
    }

    @Test
    void theHashIsReadInEitherCase() {
        String hash = Fingerprint.of("s3cret").hex().toUpperCase(Locale.ROOT);
        CallbackTokens tokens = new CallbackTokens(new Settings(Map.of("cloud", hash), Map.of()));
        assertEquals(Optional.of("cloud"), tokens.labelOf("s3cret"));
    }

    @Test
    void eachRoleIncludesTheOnesBeforeIt() {
        assertEquals(Set.of("viewer"), Role.upTo(Role.VIEWER));
        assertEquals(Set.of("viewer", "responder"), Role.upTo(Role.RESPONDER));
        assertEquals(Set.of("viewer", "responder", "admin"), Role.upTo(Role.ADMIN));
    }

    @Test
    void aPrintedTokenIsAcceptedWithThePrintedConfiguration() {
        assertEquals(0, run("token", "cloudmonitor"));
        String token = valueAfter("token: ");
        String hash = valueAfter("foldback.access.tokens.cloudmonitor=");
        assertEquals(43, token.length());
        assertEquals(hash, valueAfter("FOLDBACK_ACCESS_TOKENS_CLOUDMONITOR="));
        CallbackTokens tokens = new CallbackTokens(new Settings(Map.of("cloudmonitor", hash), Map.of()));
        assertEquals(Optional.of("cloudmonitor"), tokens.labelOf(token));
    }

    @Test
    void aPrintedKeyIsAcceptedWithThePrintedConfiguration() {
        assertEquals(0, run("key", "ops", "responder"));
        String hash = valueAfter("foldback.access.keys.ops.hash=");
        assertEquals("responder", valueAfter("foldback.access.keys.ops.role="));
        assertEquals(Optional.of("ops"), new SecretLabels(Map.of("ops", hash)).of(valueAfter("key: ")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"frob", "token", "token A/B", "token a b", "key ops", "key ops root", "key ops admin more"})
    void anythingElseIsToldTheUsage(String arguments) {
        assertEquals(2, run(arguments.split(" ", -1)));
        assertTrue(err.toString(StandardCharsets.UTF_8).startsWith("usage: "));
        assertEquals(0, out.size());
    }

    private int run(String... arguments) {
        return SecretCommand.run(
                arguments,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private String valueAfter(String prefix) {
        return out.toString(StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith(prefix))
                .findFirst()
                .orElseThrow()
                .substring(prefix.length());
    }
}
