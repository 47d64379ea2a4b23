package foldback.problem;

/** The whole list of what can be refused. The slug is part of the contract: it ends the problem's {@code type}. */
public enum Refusal {
    MALFORMED_REQUEST("malformed-request", 400, "The request cannot be read"),
    MALFORMED_ID("malformed-id", 400, "This is no id"),
    UNKNOWN_PARAMETER("unknown-parameter", 400, "There is no such parameter"),
    REPEATED_PARAMETER("repeated-parameter", 400, "This parameter takes one value"),
    INVALID_PARAMETER("invalid-parameter", 400, "A parameter cannot be read"),
    INVALID_CURSOR("invalid-cursor", 400, "This cursor does not belong to this list"),
    INVALID_HEADER("invalid-header", 400, "A header cannot be read"),
    INVALID_BODY("invalid-body", 400, "The body cannot be read"),
    UNAUTHENTICATED("unauthenticated", 401, "An API key is needed"),
    FORBIDDEN("forbidden", 403, "This API key may not do this"),
    FOREIGN_ORIGIN("foreign-origin", 403, "The page of another site may not do this"),
    NOT_FOUND("not-found", 404, "There is nothing here"),
    UNKNOWN_ID("unknown-id", 404, "There is nothing with this id"),
    UNKNOWN_TOKEN("unknown-token", 404, "There is no such callback URL"),
    METHOD_NOT_ALLOWED("method-not-allowed", 405, "This method is not offered here"),
    NOT_ACCEPTABLE("not-acceptable", 406, "None of the accepted types is offered"),
    CONFLICT("conflict", 409, "The present state does not allow this"),
    GONE("gone", 410, "This is no longer kept"),
    PRECONDITION_FAILED("precondition-failed", 412, "It has changed meanwhile"),
    TOO_LARGE("too-large", 413, "The body is too large"),
    URI_TOO_LONG("uri-too-long", 414, "The URL is too long"),
    UNSUPPORTED_MEDIA_TYPE("unsupported-media-type", 415, "Bodies of this type are not read here"),
    MISDIRECTED("misdirected", 421, "This is not addressed to this service"),
    UNREADABLE_CALLBACK("unreadable-callback", 422, "The callback cannot be read"),
    IDEMPOTENCY_KEY_REUSED("idempotency-key-reused", 422, "The Idempotency-Key was used with another body"),
    TOO_MUCH_TO_REFOLD("too-much-to-refold", 422, "Too much has been recorded since"),
    RATE_LIMITED("rate-limited", 429, "Too many requests"),
    HEADERS_TOO_LARGE("headers-too-large", 431, "The headers are too large"),
    INTERNAL("internal", 500, "Something went wrong here"),
    UNAVAILABLE("unavailable", 503, "This cannot be done now");

    private final String slug;
    private final int status;
    private final String title;

    Refusal(String slug, int status, String title) {
        this.slug = slug;
        this.status = status;
        this.title = title;
    }

    /** The last part of the problem's {@code type}. */
    public String slug() {
        return slug;
    }

    /** The status code of HTTP. */
    public int status() {
        return status;
    }

    /** The same for each occurrence, for people. */
    public String title() {
        return title;
    }

    /** Refuses for this reason: {@code throw UNKNOWN_ID.because("There is no incident " + id)}. */
    public ProblemException because(String detail) {
        return new ProblemException(Problem.of(this, detail));
    }

    /** The refusal for want of a valid key, the same wherever it is noticed. */
    public static Problem unauthenticated() {
        return Problem.of(UNAUTHENTICATED, "Send a valid API key with the request: Authorization: Bearer <key>.")
                .withHeader("WWW-Authenticate", "Bearer");
    }
}
