package foldback.web;

import foldback.ledger.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** How a page looks, and that nothing but this may stand in it: names of alerts are written by strangers. */
final class Styles {
    static final String CSS = read("page.css");

    /** No script, no picture, no font, no address: only these styles. */
    static final String POLICY = "default-src 'none'; style-src 'sha256-"
            + Base64.getEncoder().encodeToString(Sha256.of(CSS.getBytes(StandardCharsets.UTF_8)))
            + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private Styles() {}

    private static String read(String name) {
        try (InputStream css = Styles.class.getResourceAsStream(name)) {
            if (css == null) {
                throw new IllegalStateException(name + " is not on the class path");
            }
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
