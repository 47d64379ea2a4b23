package foldback.fold;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What makes a stream: one alert rule on one dimension object of one account. Everything that CloudMonitor may rename, translate or
 * reorder (display names, levels, expression, instance name, region) is no part of it.
 *
 * @param userId the Alibaba Cloud account, null where the callback names none
 * @param rule the alert rule
 * @param dimensions the dimension object by sorted key; empty for the account's own stream
 */
public record StreamKey(@Nullable String userId, Rule rule, SortedMap<String, String> dimensions) {
    private static final String RECIPE = "foldback stream 1";

    public StreamKey {
        dimensions = Collections.unmodifiableSortedMap(new TreeMap<>(dimensions));
    }

    public StreamKey(@Nullable String userId, Rule rule, Map<String, String> dimensions) {
        this(userId, rule, new TreeMap<>(dimensions));
    }

    /** How a stream names its rule: by id, or by its names in the bodies of the generations that had no {@code ruleId}. */
    public sealed interface Rule {
        record ById(String ruleId) implements Rule {}

        record ByName(
                @Nullable String namespace,
                @Nullable String metric,
                @Nullable String alertName) implements Rule {
            public ByName {
                if (metric == null && alertName == null) {
                    throw new IllegalArgumentException(
                            "a rule without id needs a metric or an alert name, namespace " + namespace);
                }
            }
        }
    }

    /** The rule's id, null where it is named otherwise. */
    public @Nullable String ruleId() {
        return rule instanceof Rule.ById byId ? byId.ruleId() : null;
    }

    /** The same UUID (version 8) for the same stream on every replica and in every rebuild: SHA-256 over the recipe's name and the parts, each with its length. */
    public UUID id() {
        byte[] hash = sha256(parts());
        ByteBuffer bits = ByteBuffer.wrap(hash);
        long high = (bits.getLong() & ~0xF000L) | 0x8000L;
        long low = (bits.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    private byte[] parts() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            put(out, RECIPE);
            put(out, userId);
            if (rule instanceof Rule.ByName name) {
                put(out, null);
                put(out, name.namespace());
                put(out, name.metric());
                put(out, name.alertName());
            } else {
                put(out, ((Rule.ById) rule).ruleId());
            }
            for (Map.Entry<String, String> dimension : dimensions.entrySet()) {
                put(out, dimension.getKey());
                put(out, dimension.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void put(DataOutputStream out, @Nullable String part) throws IOException {
        if (part == null) {
            out.writeInt(-1);
            return;
        }
        byte[] utf8 = part.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
