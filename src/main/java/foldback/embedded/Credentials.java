package foldback.embedded;

import foldback.embedded.EmbeddedPostgres.Unavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/** The passwords of the superuser and of the application's role: random, made once. */
record Credentials(String superuser, String application) {
    static Credentials readOrCreate(Path file) {
        try {
            if (!Files.exists(file)) {
                OwnerOnlyFile.write(file, password() + "\n" + password() + "\n");
            }
            List<String> lines = Files.readAllLines(file);
            if (lines.size() != 2) {
                throw new Unavailable(
                        file + " should have two lines, the passwords of PostgreSQL's superuser and of the" + " role "
                                + Cluster.ROLE + ", and has " + lines.size());
            }
            return new Credentials(lines.get(0), lines.get(1));
        } catch (IOException e) {
            throw new Unavailable("The passwords of the embedded PostgreSQL cannot be read: " + e, e);
        }
    }

    private static String password() {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    }

    /** A record would print them. */
    @Override
    public String toString() {
        return "Credentials[hidden]";
    }
}
