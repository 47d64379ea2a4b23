package foldback.callback;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Makes bad bodies of good ones: flips, cuts, splices and repeats bytes, and puts in what parsers stumble over. */
final class BodyMutator {
    private static final int LONGEST = 16 << 10;
    private static final int MOST_CHANGES = 6;
    private static final int DEEPEST = 600;

    private static final List<byte[]> GOOD = good();

    private static final List<byte[]> STUMBLING_BLOCKS = List.of(
            Bodies.bytes("&"),
            Bodies.bytes("="),
            Bodies.bytes("%"),
            Bodies.bytes("%00"),
            Bodies.bytes("%ED%A0%80"),
            Bodies.bytes("%F0%9F"),
            Bodies.bytes("\\u0026"),
            Bodies.bytes("\\u0000"),
            Bodies.bytes("\\ud83d"),
            Bodies.bytes("\\udd25"),
            Bodies.bytes("\\"),
            Bodies.bytes("\""),
            Bodies.bytes("{"),
            Bodies.bytes("}"),
            Bodies.bytes("["),
            Bodies.bytes("]"),
            Bodies.bytes(","),
            Bodies.bytes(", a="),
            Bodies.bytes("{a=1, b=2}"),
            Bodies.bytes("[{},{\"a\":null}]"),
            Bodies.bytes(":"),
            Bodies.bytes("null"),
            Bodies.bytes("1e999999999"),
            Bodies.bytes("-"),
            Bodies.bytes(" "),
            Bodies.bytes("\t\n"),
            Bodies.bytes("\uFEFF"),
            Bodies.bytes("\u3000"),
            Bodies.bytes("🔥"),
            Bodies.bytes("&alertState=ALERT"),
            Bodies.bytes("&alertState=OK&alertState=x"),
            Bodies.bytes("&dimensions="),
            Bodies.bytes("&customLabels={"),
            Bodies.bytes(",\"alertState\":\"OK\",\"dimensions\":"),
            Bodies.bytes("\"expression\":[{\"level\":2}],"),
            Bodies.raw("\0"),
            Bodies.raw("\u00FF"),
            Bodies.raw("\u00ED\u00A0\u00BD\u00ED\u00B4\u00A5"),
            Bodies.raw("\u00E5\u0088"),
            Bodies.raw("\u00F4\u0090\u0080\u0080"));

    private final SplittableRandom random;

    BodyMutator(long seed) {
        this.random = new SplittableRandom(seed);
    }

    byte[] next() {
        byte[] body = oneOf(GOOD).clone();
        int changes = random.nextInt(MOST_CHANGES + 1);
        for (int i = 0; i < changes; i++) {
            body = changed(body);
        }
        return body.length <= LONGEST ? body : Arrays.copyOf(body, LONGEST);
    }

    private byte[] changed(byte[] body) {
        int from = random.nextInt(body.length + 1);
        int to = Math.min(body.length, from + random.nextInt(1 + random.nextInt(1, 200)));
        return switch (random.nextInt(10)) {
            case 0, 1 -> flipped(body);
            case 2, 3, 4 -> spliced(body, from, oneOf(STUMBLING_BLOCKS), from);
            case 5 -> spliced(body, from, oneOf(STUMBLING_BLOCKS), to);
            case 6 -> spliced(body, from, new byte[0], to);
            case 7 -> spliced(body, to, Arrays.copyOfRange(body, from, to), to);
            case 8 -> spliced(body, from, part(oneOf(GOOD)), to);
            default -> rare(body, from);
        };
    }

    private byte[] rare(byte[] body, int from) {
        return switch (random.nextInt(4)) {
            case 0 -> Arrays.copyOf(body, from);
            case 1 -> spliced(body, from, noise(), from);
            case 2 -> spliced(body, from, brackets(), from);
            default -> spliced(body, body.length, body, body.length);
        };
    }

    private byte[] flipped(byte[] body) {
        if (body.length > 0) {
            body[random.nextInt(body.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return body;
    }

    private byte[] part(byte[] body) {
        int from = random.nextInt(body.length);
        return Arrays.copyOfRange(body, from, random.nextInt(from, body.length));
    }

    private byte[] noise() {
        byte[] noise = new byte[random.nextInt(40)];
        random.nextBytes(noise);
        return noise;
    }

    private byte[] brackets() {
        String open = random.nextBoolean() ? "[" : "{\"dimensions\":";
        String close = open.equals("[") ? "]" : "}";
        int depth = random.nextInt(1, DEEPEST);
        return Bodies.bytes(open.repeat(depth) + "1" + close.repeat(random.nextBoolean() ? depth : 0));
    }

    private static byte[] spliced(byte[] body, int from, byte[] in, int to) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length + in.length);
        out.write(body, 0, from);
        out.writeBytes(in);
        out.write(body, to, body.length - to);
        return out.toByteArray();
    }

    private byte[] oneOf(List<byte[]> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static List<byte[]> good() {
        List<byte[]> bodies = new ArrayList<>();
        List<String> json = new ArrayList<>();
        for (String name : Bodies.SAMPLES) {
            bodies.add(Bodies.sample(name));
            if (name.startsWith("json") && !name.contains("event")) {
                json.add(new String(Bodies.sample(name), StandardCharsets.UTF_8));
            }
        }
        bodies.add(Bodies.bytes("[" + String.join(",", json) + "]"));
        bodies.add(Bodies.bytes("[" + json.get(0) + "]"));
        return bodies;
    }
}
