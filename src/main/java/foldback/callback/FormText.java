package foldback.callback;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Decodes parts of a form: {@code +} is a space, {@code %E5%88%86} is 分, and a broken escape ({@code 95%}, {@code %zz}) stays as it is,
 * because people paste the documentation's sample, which is not encoded at all.
 */
final class FormText {
    private final byte[] body;
    private byte @Nullable [] decoded;

    FormText(byte[] body) {
        this.body = body;
    }

    String decode(int start, int end) {
        for (int i = start; i < end; i++) {
            if (body[i] == '%' || body[i] == '+') {
                return Text.clean(unescaped(start, i, end));
            }
        }
        return Text.clean(new String(body, start, end - start, StandardCharsets.UTF_8));
    }

    private String unescaped(int start, int firstEscape, int end) {
        byte[] out = decoded();
        int length = firstEscape - start;
        System.arraycopy(body, start, out, 0, length);
        for (int i = firstEscape; i < end; i++) {
            byte b = body[i];
            if (b == '%'
                    && end - i > 2
                    && Character.digit(body[i + 1], 16) >= 0
                    && Character.digit(body[i + 2], 16) >= 0) {
                b = (byte) (Character.digit(body[i + 1], 16) << 4 | Character.digit(body[i + 2], 16));
                i += 2;
            } else if (b == '+') {
                b = ' ';
            }
            out[length++] = b;
        }
        return new String(out, 0, length, StandardCharsets.UTF_8);
    }

    /** One buffer for all parts: decoding never makes them longer. */
    private byte[] decoded() {
        if (decoded == null) {
            decoded = new byte[body.length];
        }
        return decoded;
    }
}
