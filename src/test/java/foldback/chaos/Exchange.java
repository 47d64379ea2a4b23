package foldback.chaos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;

/**
 * A callback that was sent, and what came back.
 *
 * @param sentAt when it was sent, in nanoseconds of {@link System#nanoTime}; in an open load, when it should have been
 * @param answeredAt when all of the answer was there
 * @param status 0 where the connection ended without an answer: what became of it, nobody can say
 * @param retryAfter whether the answer has that header
 * @param answer its body; empty for a 503
 */
record Exchange(Shot shot, int port, long sentAt, long answeredAt, int status, boolean retryAfter, String answer) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Whether the sender may forget it: it must never be lost from here on. */
    boolean acknowledged() {
        return status == 200 || status == 202 || status == 422;
    }

    Duration took() {
        return Duration.ofNanos(answeredAt - sentAt);
    }

    JsonNode json() {
        try {
            return JSON.readTree(answer);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + this, e);
        }
    }

    @Override
    public String toString() {
        return shot + " → " + status + " " + answer;
    }
}
