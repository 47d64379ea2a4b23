package foldback.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Whether the service may start as it is configured. Pure: nothing is listened on, connected to or written before the
 * answer.
 */
public final class Exposure {
    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[?(::1|0:0:0:0:0:0:0:1)]?", Pattern.CASE_INSENSITIVE);

    private Exposure() {}

    /**
     * What has to be changed first, for whoever starts the service; empty where nothing has to.
     *
     * @param host the address that the service would listen on
     * @param externalDatabase whether it would use a database other than the embedded one
     */
    public static List<String> objections(AccessSettings settings, String host, boolean externalDatabase) {
        List<String> objections = new ArrayList<>(malformed(settings));
        List<String> missing = new ArrayList<>();
        if (settings.tokens().isEmpty()) {
            missing.add("a callback token");
        }
        if (settings.keys().isEmpty()) {
            missing.add("an API key");
        }
        boolean reachable = !isLoopback(host);
        if (!missing.isEmpty() && (reachable || externalDatabase)) {
            objections.add(
                    (reachable ? "To listen on " + host + " (quarkus.http.host)" : "To use a database of your own")
                            + ", Foldback needs " + String.join(" and ", missing) + ", since otherwise everybody who"
                            + " reaches it could write and read. Each of these commands prints a secret and the lines"
                            + " to configure:\n" + commands(settings));
        }
        return objections;
    }

    /** Whether this name or address is of this machine for everybody. */
    static boolean isLoopback(String host) {
        return LOOPBACK.matcher(host).matches();
    }

    private static String commands(AccessSettings settings) {
        return (settings.tokens().isEmpty() ? "    java -jar quarkus-run.jar token cloudmonitor\n" : "")
                + (settings.keys().isEmpty() ? "    java -jar quarkus-run.jar key operator admin\n" : "");
    }

    private static List<String> malformed(AccessSettings settings) {
        List<String> objections = new ArrayList<>();
        Map<String, String> holders = new TreeMap<>();
        settings.tokens()
                .forEach((label, hash) ->
                        check("foldback.access.tokens." + label, label, "token <label>", hash, holders, objections));
        settings.keys().forEach((label, key) -> {
            String name = "foldback.access.keys." + label;
            check(name + ".hash", label, "key <label> <role>", key.hash(), holders, objections);
            if (!Role.exists(key.role())) {
                objections.add(name + ".role is " + key.role() + ", and should be one of "
                        + String.join(", ", Role.ASCENDING));
            }
        });
        settings.rates().forEach((label, rate) -> checkRate(label, rate, settings, objections));
        return objections;
    }

    private static void checkRate(String label, int rate, AccessSettings settings, List<String> objections) {
        String name = "foldback.access.rates." + label;
        if (rate < 1 || rate > RateLimits.HIGHEST) {
            objections.add(name + " is " + rate + ", and should be 1 to " + RateLimits.HIGHEST + " callbacks a second");
        }
        if (!CallbackTokens.configured(settings).containsKey(label)) {
            objections.add(name + " limits a token that there is not: foldback.access.tokens." + label + " is not set");
        }
    }

    /** The value is not repeated: whoever configures the secret itself by mistake should not find it in the log. */
    private static void check(
            String name,
            String label,
            String command,
            String hash,
            Map<String, String> holders,
            List<String> objections) {
        if (!LABEL.matcher(label).matches()) {
            objections.add(name + ": a label has up to 64 letters, digits, dots, dashes and underscores");
        }
        if (!Fingerprint.isWellFormed(hash)) {
            objections.add(name + " is not a SHA-256 of 64 hexadecimal digits; `java -jar quarkus-run.jar " + command
                    + "` prints a new secret with its hash");
            return;
        }
        String holder = holders.putIfAbsent(hash.toLowerCase(Locale.ROOT), name);
        if (holder != null) {
            objections.add(name + " is the same as " + holder + "; each secret has one label");
        }
    }
}
