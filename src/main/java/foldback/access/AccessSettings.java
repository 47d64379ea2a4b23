package foldback.access;

import io.smallrye.config.ConfigMapping;
import java.util.Map;

/**
 * Who may call. Without any of it the service listens on loopback only, accepts callbacks at {@code /callbacks/local} and
 * asks for no key; any other address, and a database of your own, need at least one token and one key. The configuration
 * holds hashes only: {@code java -jar quarkus-run.jar token <label>} and {@code … key <label> <role>} print a fresh secret
 * with the lines to configure.
 */
@ConfigMapping(prefix = "foldback.access")
public interface AccessSettings {
    /**
     * The tokens of callback URLs, by label: the SHA-256 of the token as 64 hexadecimal digits. The token itself stands in
     * the URL that is entered in CloudMonitor. Default none. Add one for each sender, so that each can be revoked alone;
     * remove one to revoke it.
     */
    Map<String, String> tokens();

    /**
     * How many callbacks a second each token may send, by the token's label: 1 to 1,000,000, and as many at once after a second
     * of silence; each replica counts its own. What is over it is answered 429 with {@code Retry-After}, unread; CloudMonitor
     * sends again three times, and what it gives up is lost. Default none: no limit. Set one, far above a storm, where one
     * sender could starve the others.
     */
    Map<String, Integer> rates();

    /** The API keys, by label; the label is who acted, in the timeline of an incident. Default none. */
    Map<String, Key> keys();

    /** One API key. */
    interface Key {
        /** The SHA-256 of the key as 64 hexadecimal digits. No default. Change it to replace the key. */
        String hash();

        /**
         * What the key may do: {@code viewer} reads, {@code responder} also acts on incidents, {@code admin} also works on
         * the quarantine and rebuilds. No default.
         */
        String role();
    }
}
