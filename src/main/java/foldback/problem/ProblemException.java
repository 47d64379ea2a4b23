package foldback.problem;

/** Thrown at the edge to answer with a problem; what is expected further inside is a value. */
public final class ProblemException extends RuntimeException {
    private final transient Problem problem;

    /** Answers with this problem. */
    public ProblemException(Problem problem) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    /** What is answered. */
    public Problem problem() {
        return problem;
    }

    /** The same, blaming one more field. */
    public ProblemException blaming(String field, String message) {
        return new ProblemException(problem.withError(field, message));
    }

    /** The same with a header of the answer, such as {@code Retry-After}. */
    public ProblemException withHeader(String name, String value) {
        return new ProblemException(problem.withHeader(name, value));
    }
}
