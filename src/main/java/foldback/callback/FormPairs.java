package foldback.callback;

/**
 * Walks over the pairs of a form where they lie in the body: split at {@code &}, then at the first {@code =}.
 *
 * <pre>
 * alertName=cpu&amp;alertState=OK&amp;expression=$Average&gt;=95&amp;unit=%
 * alertName=cpu\u005Cu0026alertState=OK
 * </pre>
 *
 * <p>The second has been through a relay's JSON encoder. It is believed only where no {@code &} separates the pairs, since the six
 * characters may be part of a value.
 */
final class FormPairs {
    private static final byte[] ESCAPED_SEPARATOR = {'\\', 'u', '0', '0', '2', '6'};

    private final byte[] body;
    private final int separatorLength;
    private final FormText text;
    private int next;
    private int keyStart;
    private int keyEnd;
    private int valueStart;
    private int valueEnd;

    FormPairs(byte[] body, int start) {
        this.body = body;
        this.next = start;
        this.separatorLength = hasAmpersand(body, start) ? 1 : ESCAPED_SEPARATOR.length;
        this.text = new FormText(body);
    }

    private static boolean hasAmpersand(byte[] body, int start) {
        for (int i = start; i < body.length; i++) {
            if (body[i] == '&') {
                return true;
            }
        }
        return false;
    }

    /** Goes to the next pair; false behind the last one. Nothing between two separators is no pair. */
    boolean next() {
        do {
            if (next >= body.length) {
                return false;
            }
            takePair();
        } while (keyStart == valueEnd);
        return true;
    }

    private void takePair() {
        int equals = -1;
        int at = next;
        while (at < body.length && !separatorAt(at)) {
            if (equals < 0 && body[at] == '=') {
                equals = at;
            }
            at++;
        }
        keyStart = next;
        keyEnd = equals < 0 ? at : equals;
        valueStart = equals < 0 ? at : equals + 1;
        valueEnd = at;
        next = at + separatorLength;
    }

    private boolean separatorAt(int at) {
        if (separatorLength == 1) {
            return body[at] == '&';
        }
        return body[at] == '\\' && startsWithEscape(at);
    }

    private boolean startsWithEscape(int at) {
        for (int i = 0; i < ESCAPED_SEPARATOR.length; i++) {
            if (at + i >= body.length || body[at + i] != ESCAPED_SEPARATOR[i]) {
                return false;
            }
        }
        return true;
    }

    boolean hasEquals() {
        return keyEnd < valueStart;
    }

    byte[] body() {
        return body;
    }

    int keyStart() {
        return keyStart;
    }

    int keyEnd() {
        return keyEnd;
    }

    String key() {
        return Text.trim(text.decode(keyStart, keyEnd));
    }

    String value() {
        return text.decode(valueStart, valueEnd);
    }
}
