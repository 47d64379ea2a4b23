package foldback.ledger;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** The hash that tells equal things from others without keeping them. */
public final class Sha256 {
    private Sha256() {}

    /** The 32 bytes of the parts, one behind the other. */
    public static byte[] of(byte[]... parts) {
        MessageDigest digest = digest();
        for (byte[] part : parts) {
            digest.update(part);
        }
        return digest.digest();
    }

    /** The first 16 of these bytes. */
    public static UUID shortened(byte[]... parts) {
        ByteBuffer hash = ByteBuffer.wrap(of(parts));
        return new UUID(hash.getLong(), hash.getLong());
    }

    /** For what comes piece by piece. */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
