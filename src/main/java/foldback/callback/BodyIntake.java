package foldback.callback;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** Takes a body as it arrives, up to a length. What goes beyond is noticed at once and not held. */
final class BodyIntake {
    private static final int COMMON_LENGTH = 1024;

    private final long longest;
    private Buffer taken = Buffer.buffer(COMMON_LENGTH);

    BodyIntake(long longest) {
        this.longest = longest;
    }

    /** Whether a body of the length that its header announces can be taken; an unreadable header announces nothing. */
    boolean announced(@Nullable String contentLength) {
        if (contentLength == null) {
            return true;
        }
        try {
            return Long.parseLong(contentLength.trim()) <= longest;
        } catch (NumberFormatException e) {
            return true;
        }
    }

    /** Takes a chunk, or drops all where it would be too much. */
    boolean overflows(Buffer chunk) {
        if ((long) taken.length() + chunk.length() > longest) {
            taken = Buffer.buffer();
            return true;
        }
        taken.appendBuffer(chunk);
        return false;
    }

    byte[] bytes() {
        return taken.getBytes();
    }
}
