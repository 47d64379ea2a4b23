package foldback.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/** The SHA-256 of a secret. The secrets are random and long, so a fast hash without salt gives nothing away. */
final class Fingerprint {
    private static final Pattern FORM = Pattern.compile("\\p{XDigit}{64}");

    private final byte[] hash;

    private Fingerprint(byte[] hash) {
        this.hash = hash;
    }

    static boolean isWellFormed(String hex) {
        return FORM.matcher(hex).matches();
    }

    static Fingerprint parse(String hex) {
        return new Fingerprint(HexFormat.of().parseHex(hex.toLowerCase(Locale.ROOT)));
    }

    static Fingerprint of(String secret) {
        try {
            return new Fingerprint(
                    MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Takes the same time wherever the two differ. */
    boolean matches(Fingerprint other) {
        return MessageDigest.isEqual(hash, other.hash);
    }

    String hex() {
        return HexFormat.of().formatHex(hash);
    }
}
