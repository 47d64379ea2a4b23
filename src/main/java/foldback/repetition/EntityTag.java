package foldback.repetition;

import foldback.ledger.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Names one state of one representation (RFC 9110, section 8.8.3): {@code "x7Jd…"}, or {@code W/"x7Jd…"} where two of the same name may differ
 * in what does not matter.
 */
public record EntityTag(boolean weak, String opaque) {
    private static final String WEAK = "W/";
    private static final int LETTERS = 24;

    /**
     * Of a state that has a name.
     *
     * @param version a name without quotes or blanks, another one with each change
     */
    public static EntityTag strong(String version) {
        return new EntityTag(false, version);
    }

    static EntityTag weak(byte[] sha256) {
        return new EntityTag(true, letters(sha256));
    }

    /** Of another representation of the same: {@code explain}, or the instant as of which it is. */
    public EntityTag variant(String text) {
        byte[] hash = Sha256.of((opaque + "\n" + text).getBytes(StandardCharsets.UTF_8));
        return new EntityTag(weak, letters(hash));
    }

    private static String letters(byte[] hash) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hash).substring(0, LETTERS);
    }

    @Override
    public String toString() {
        return (weak ? WEAK : "") + '"' + opaque + '"';
    }
}
