package foldback.listing;

import foldback.problem.ProblemException;
import foldback.problem.Refusal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The place in a list behind which the next page begins: what its last item is sorted by, and its id. Opaque to clients, and of use for
 * the same list only.
 *
 * @param asked the instant of the first page
 * @param key what the last item is sorted by, null where it has no such value
 */
public record Cursor(Instant asked, @Nullable String key, UUID id) {
    private static final String VERSION = "1";
    private static final String SEPARATOR = "|";
    private static final int FINGERPRINT_BYTES = 9;

    /** A place in a list in which nothing depends on when it was asked for. */
    public static Cursor at(@Nullable String key, UUID id) {
        return new Cursor(Instant.EPOCH, key, id);
    }

    public String requiredKey() {
        return Objects.requireNonNull(key, "this list has a key for each of its items");
    }

    /**
     * As clients get it.
     *
     * @param list what tells the list from all others: what it is of, its filter and its sort
     */
    public String text(String list) {
        String parts = String.join(
                SEPARATOR, VERSION, fingerprint(list), asked.toString(), id.toString(), key == null ? "" : key);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(parts.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads what a client sent; refuses what was not given out for this list.
     *
     * @param readable whether the list can be sorted by this key
     */
    public static Cursor parse(String text, String list, Predicate<@Nullable String> readable) {
        try {
            String parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            String[] part = parts.split("\\" + SEPARATOR, -1);
            if (part.length == 5 && part[0].equals(VERSION)) {
                if (!part[1].equals(fingerprint(list))) {
                    throw refused("belongs to a list with another filter or sort");
                }
                String key = part[4].isEmpty() ? null : part[4];
                if (readable.test(key)) {
                    return new Cursor(Instants.read(part[2]).orElseThrow(), key, UUID.fromString(part[3]));
                }
            }
        } catch (IllegalArgumentException | NoSuchElementException e) {
            // Refused below.
        }
        throw refused("is none that was given out here");
    }

    /** The instant of the first page, of a cursor that was not compared with its list yet; empty where the text is none. */
    public static Optional<Instant> asked(String text) {
        try {
            String[] part = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split("\\|", -1);
            return part.length == 5 ? Instants.read(part[2]) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether a key is an instant as cursors hold it. */
    public static boolean isInstant(@Nullable String key) {
        return key != null
                && Instants.read(key).map(Instant::toString).filter(key::equals).isPresent();
    }

    private static ProblemException refused(String message) {
        return Refusal.INVALID_CURSOR.because("The cursor " + message + ".").blaming("cursor", message);
    }

    private static String fingerprint(String list) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(list.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, FINGERPRINT_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
