package foldback.callback;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A callback's bytes as they arrived, before anything is made of them. It has an id from here on. */
record Received(
        UUID id,
        Instant receivedAt,
        @Nullable String remoteAddress,
        @Nullable String contentType,
        byte[] body) {}
