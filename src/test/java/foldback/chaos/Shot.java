package foldback.chaos;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One callback to send.
 *
 * @param said null where it is none that can be read
 */
record Shot(Kind kind, @Nullable Said said, String body) {
    enum Kind {
        /** One that is read and recorded. */
        SIGNAL,
        /** A system event: readable, and no threshold alert. */
        EVENT,
        /** One that cannot be read. */
        UNREADABLE
    }

    static Shot of(Said said, String userId) {
        return new Shot(Kind.SIGNAL, said, said.body(userId));
    }

    byte[] bytes() {
        return body.getBytes(StandardCharsets.UTF_8);
    }
}
