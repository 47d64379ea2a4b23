package foldback.callback;

import foldback.problem.Problem;

/** What a callback is answered. */
sealed interface Answer {

    /** A 2xx: it is durable. */
    record Accepted(int status, String json) implements Answer {}

    record Refused(Problem problem) implements Answer {}
}
