package foldback.access;

import java.io.PrintStream;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;

/** The commands {@code token <label>} and {@code key <label> <role>}: a fresh secret, and the lines that accept it. */
public final class SecretCommand {
    private static final String USAGE = """
            usage: java -jar quarkus-run.jar                      runs the service
                   java -jar quarkus-run.jar token <label>        makes a callback token
                   java -jar quarkus-run.jar key <label> <role>   makes an API key; role: viewer, responder, admin
            A label is made of lower-case letters and digits.""";

    private SecretCommand() {}

    /** Runs the command and returns the program's exit code: 0, or 2 with the usage where there is no such command. */
    public static int run(String[] arguments, PrintStream out, PrintStream err) {
        boolean labelled = arguments.length > 1 && arguments[1].matches("[a-z0-9]{1,64}");
        if (labelled && arguments.length == 2 && arguments[0].equals("token")) {
            out.print(token(arguments[1], secret()));
            return 0;
        }
        if (labelled && arguments.length == 3 && arguments[0].equals("key") && Role.exists(arguments[2])) {
            out.print(key(arguments[1], arguments[2], secret()));
            return 0;
        }
        err.println(USAGE);
        return 2;
    }

    /** 256 bits: beyond guessing, and a URL takes them as they are. */
    private static String secret() {
        byte[] bits = new byte[32];
        new SecureRandom().nextBytes(bits);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    }

    private static String token(String label, String secret) {
        return """
                token: %s
                Shown once. The URL to enter in CloudMonitor ends in /callbacks/ and the token.

                """.formatted(secret)
                + lines(
                        "foldback.access.tokens." + label,
                        Fingerprint.of(secret).hex());
    }

    private static String key(String label, String role, String secret) {
        return """
                key: %s
                Shown once. Send it with each request: Authorization: Bearer <key>

                """.formatted(secret)
                + lines(
                        "foldback.access.keys." + label + ".hash",
                        Fingerprint.of(secret).hex(),
                        "foldback.access.keys." + label + ".role",
                        role);
    }

    private static String lines(String... namesAndValues) {
        StringBuilder properties = new StringBuilder("In config/application.properties:\n");
        StringBuilder environment = new StringBuilder("or in the environment:\n");
        for (int i = 0; i < namesAndValues.length; i += 2) {
            String name = namesAndValues[i];
            String value = namesAndValues[i + 1];
            properties.append("  ").append(name).append('=').append(value).append('\n');
            String variable = name.toUpperCase(Locale.ROOT).replace('.', '_');
            environment.append("  ").append(variable).append('=').append(value).append('\n');
        }
        return properties.append(environment).toString();
    }
}
