package foldback.callback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import foldback.callback.CallbackReading.NoAlert;
import foldback.callback.CallbackReading.Read;
import foldback.callback.CallbackReading.Unreadable;
import foldback.ledger.Reading;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The sample bodies, and what tests ask of a reading. */
final class Bodies {
    static final List<String> SAMPLES = List.of(
            "form-2018-ecs-memory-alert-12-fields.form",
            "form-2019-ecs-disk-device-three-dimensions.form",
            "form-2019-site-monitor-recovered.form",
            "form-2020-doc-sample-unencoded-stray-paren.form",
            "form-2023-apigateway-alert-null-strings.form",
            "form-2023-doc-sample-unencoded-bare-percent.form",
            "form-modern-1-first-alert-warn.form",
            "form-modern-2-escalation-warn-to-critical.form",
            "form-modern-3-reminder-after-mute-period.form",
            "form-modern-4-recovered.form",
            "form-modern-custom-labels-equals-and-ampersand.form",
            "form-modern-dimension-value-with-comma-equals-brace.form",
            "form-modern-insufficient-data-null-level.form",
            "form-relay-escaped-u0026-separators.form",
            "json-2017-doc-alarm-dimension-array.json",
            "json-2020-system-event-not-a-threshold-alert.json",
            "json-legacy-two-dimension-objects.json",
            "json-numbers-and-stringified-dimension-array.json",
            "json-pushplus-restatement-of-form-fields.json");

    private Bodies() {}

    static byte[] sample(String name) {
        try (InputStream in = Bodies.class.getResourceAsStream("/callbacks/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] bytes(String body) {
        return body.getBytes(StandardCharsets.UTF_8);
    }

    /** The body with bytes that no text can hold: each char is one byte. */
    static byte[] raw(String body) {
        return body.getBytes(StandardCharsets.ISO_8859_1);
    }

    static List<Reading> readings(String body) {
        return readings(bytes(body));
    }

    static List<Reading> readings(byte[] body) {
        return assertInstanceOf(Read.class, CallbackReader.read(body)).readings();
    }

    static Reading reading(String body) {
        return reading(bytes(body));
    }

    static Reading reading(byte[] body) {
        List<Reading> readings = readings(body);
        assertEquals(1, readings.size(), () -> "readings of one dimension object: " + readings);
        return readings.get(0);
    }

    static NoAlert noAlert(String body) {
        return assertInstanceOf(NoAlert.class, CallbackReader.read(bytes(body)));
    }

    static Unreadable unreadable(String body) {
        return unreadable(bytes(body));
    }

    static Unreadable unreadable(byte[] body) {
        return assertInstanceOf(Unreadable.class, CallbackReader.read(body));
    }
}
