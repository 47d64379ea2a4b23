package foldback.callback;

import java.nio.charset.StandardCharsets;

/** Where the text of a body begins, and what it seems to be. */
final class Body {
    private static final int EXCERPT = 400;

    private Body() {}

    /** The first byte that is neither blank nor part of a byte order mark; the length where there is none. */
    static int start(byte[] body) {
        int start = skipBlank(body, 0);
        return hasMark(body, start) ? skipBlank(body, start + 3) : start;
    }

    static boolean isJson(byte[] body, int start) {
        return body[start] == '{' || body[start] == '[';
    }

    static String beginning(byte[] body, int start) {
        int length = Math.min(EXCERPT, body.length - start);
        return Text.clean(new String(body, start, length, StandardCharsets.UTF_8));
    }

    private static int skipBlank(byte[] body, int from) {
        int at = from;
        while (at < body.length && isBlank(body[at])) {
            at++;
        }
        return at;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || (b >= '\t' && b <= '\r');
    }

    private static boolean hasMark(byte[] body, int at) {
        return body.length - at >= 3
                && body[at] == (byte) 0xEF
                && body[at + 1] == (byte) 0xBB
                && body[at + 2] == (byte) 0xBF;
    }
}
