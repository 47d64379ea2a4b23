package foldback.callback;

import foldback.problem.Problem;
import foldback.problem.Refusal;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** Takes a body as it arrives, up to a length. What goes beyond, or finds no room, is noticed at once and not held. */
final class BodyIntake {
    private static final int COMMON_LENGTH = 1024;
    private static final Problem NO_ROOM = Problem.of(
                    Refusal.UNAVAILABLE,
                    "Nothing of the callback was accepted: more large bodies are arriving than there is room for. Send it again.")
            .withHeader("Retry-After", "2");

    private final long longest;
    private final Arriving arriving;
    private Buffer taken = Buffer.buffer(COMMON_LENGTH);
    private long entered;

    BodyIntake(long longest, Arriving arriving) {
        this.longest = longest;
        this.arriving = arriving;
    }

    /** What is wrong with a body of the length that its header announces; an unreadable header announces nothing. */
    @Nullable
    Problem announced(@Nullable String contentLength) {
        if (contentLength == null) {
            return null;
        }
        try {
            return Long.parseLong(contentLength.trim()) <= longest ? null : tooLong();
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Takes a chunk; or drops all of the body, and says why. */
    @Nullable
    Problem take(Buffer chunk) {
        long length = (long) taken.length() + chunk.length();
        if (length > longest) {
            drop();
            return tooLong();
        }
        long more = length - Arriving.OWN - entered;
        if (more > 0) {
            if (!arriving.enter(more)) {
                drop();
                return NO_ROOM;
            }
            entered += more;
        }
        taken.appendBuffer(chunk);
        return null;
    }

    /** All of it, which is not on its way any more. */
    byte[] bytes() {
        try {
            return taken.getBytes();
        } finally {
            drop();
        }
    }

    /** Holds nothing of it any more. */
    void drop() {
        taken = Buffer.buffer();
        arriving.leave(entered);
        entered = 0;
    }

    private Problem tooLong() {
        return Problem.of(Refusal.TOO_LARGE, "A callback's body may have " + longest + " bytes at most.");
    }
}
