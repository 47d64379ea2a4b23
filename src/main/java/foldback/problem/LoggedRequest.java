package foldback.problem;

/** A request as a log may name it: a callback's token is its credential, and a query may hold anything. */
final class LoggedRequest {
    static final String SECRET_FOLLOWS = "/callbacks/";

    private LoggedRequest() {}

    static String of(String method, String path) {
        int secret = path.indexOf(SECRET_FOLLOWS);
        return method + " " + (secret < 0 ? path : path.substring(0, secret) + SECRET_FOLLOWS + "…");
    }
}
