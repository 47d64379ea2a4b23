package foldback.chaos;

import foldback.embedded.EmbeddedPostgres;
import foldback.testing.Database;
import foldback.testing.Following;
import foldback.testing.RunningJar;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Several services on one PostgreSQL that none of them has started, with a role that is no superuser. */
final class Replicas implements AutoCloseable {
    private static final String TOKEN = "a-token-of-the-replicas";
    private static final String KEY = "a-key-of-the-replicas";

    private final Path home;
    private final EmbeddedPostgres postgres;
    private final List<RunningJar> services = new ArrayList<>();
    final Database database;

    Replicas(Path home) {
        this.home = home;
        this.postgres = EmbeddedPostgres.start(home.resolve("postgres"));
        this.database = new Database(home.resolve("postgres"));
    }

    /** Starts one more, its clock off by so many seconds, and waits until it listens. */
    void start(int secondsAhead) throws IOException {
        Map<String, String> environment = new HashMap<>();
        environment.put("QUARKUS_DATASOURCE_JDBC_URL", postgres.jdbcUrl());
        environment.put("QUARKUS_DATASOURCE_USERNAME", postgres.username());
        environment.put("QUARKUS_DATASOURCE_PASSWORD", postgres.password());
        environment.put("FOLDBACK_ACCESS_TOKENS_CHAOS", sha256(TOKEN));
        environment.put("FOLDBACK_ACCESS_KEYS_CHAOS_HASH", sha256(KEY));
        environment.put("FOLDBACK_ACCESS_KEYS_CHAOS_ROLE", "admin");
        environment.put("FOLDBACK_REPLICA", "replica-" + services.size());
        if (secondsAhead != 0) {
            environment.put("LD_PRELOAD", libfaketime().toString());
            environment.put("FAKETIME", String.format("%+ds", secondsAhead));
            environment.put("FAKETIME_DONT_FAKE_MONOTONIC", "1");
            environment.put("FAKETIME_DONT_RESET", "1");
            // Otherwise it takes each timed wait of a JVM for one that has ended already, and the JVM waits without a
            // pause.
            environment.put("FAKETIME_FORCE_MONOTONIC_FIX", "0");
        }
        services.add(RunningJar.start(home.resolve("replica-" + services.size()), environment)
                .up());
    }

    /** Where Debian's package libfaketime puts it, whatever the processor. */
    private static Path libfaketime() throws IOException {
        try (Stream<Path> found = Files.find(
                Path.of("/usr/lib"), 3, (path, attributes) -> path.endsWith("faketime/libfaketimeMT.so.1"))) {
            return found.findFirst()
                    .orElseThrow(() -> new AssertionError("libfaketime is missing: apt-get install libfaketime"));
        }
    }

    private static String sha256(String secret) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    Api api(int replica) {
        return new Api(services.get(replica).port(), KEY);
    }

    List<Api> apis() {
        List<Api> apis = new ArrayList<>();
        for (int i = 0; i < services.size(); i++) {
            apis.add(api(i));
        }
        return apis;
    }

    /** Follows the live feed of one of them, behind an id unless that is empty. */
    Following follow(int replica, String after) throws IOException {
        return Following.begin(
                services.get(replica).port(),
                after.isEmpty() ? "" : "?after=" + after,
                "Authorization",
                "Bearer " + KEY);
    }

    HttpResponse<InputStream> askToFollow(int replica, String after) throws IOException {
        return Following.ask(services.get(replica).port(), "?after=" + after, "Authorization", "Bearer " + KEY);
    }

    /** Tells one of them to stop. */
    void terminate(int replica) {
        services.get(replica).terminate();
    }

    String callbackUrl(int replica) {
        return "http://127.0.0.1:" + services.get(replica).port() + "/callbacks/" + TOKEN;
    }

    /** The callback URLs of the first so many. */
    Load.Target target(int replicas) {
        return new Load.Target(
                TOKEN, services.stream().limit(replicas).map(RunningJar::port).toList());
    }

    @Override
    public void close() {
        services.forEach(RunningJar::close);
        postgres.close();
    }
}
