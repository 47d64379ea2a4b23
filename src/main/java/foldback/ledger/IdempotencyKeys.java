package foldback.ledger;

import foldback.database.Patience;
import foldback.database.Statements;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The only writer of {@code idempotency_keys}; {@link ExpiredKeys} deletes from it. A request claims its key in a transaction of its own,
 * and what it records is noted at the key in the transaction that records it: whatever dies, and whoever repeats the request on whichever
 * replica, it is recorded once. A claim is leased, so that the key of a process that died is free again; who records after losing it
 * fails. All times are the database's.
 */
@Singleton
public final class IdempotencyKeys {
    /** For how long an answer is kept, and a key without one. */
    private static final String KEPT = "interval '24 hours'";

    /** Longer than a transaction waits for its locks. */
    private static final String LEASE = "interval '30 seconds'";

    private static final String FORGET = "delete from idempotency_keys where id = ? and expires_at <= now()";

    private static final String CLAIM = """
            insert into idempotency_keys (id, caller, path, key, body_hash, owner, leased_until, expires_at)
            values (?, ?, ?, ?, ?, ?, now() + %s, now() + %s)
            on conflict (id) do nothing
            """.formatted(LEASE, KEPT);

    private static final String TAKE_OVER = """
            update idempotency_keys set owner = ?, leased_until = now() + %s
            where id = ? and body_hash = ? and status is null and leased_until <= now()
            returning recorded
            """.formatted(LEASE);

    private static final String READ =
            "select body_hash = ? as same, status, media_type, etag, answer from idempotency_keys where id = ?";

    private static final String RECORD = """
            update idempotency_keys set recorded = recorded || ?, leased_until = now() + %s
            where id = ? and owner = ? and status is null
            """.formatted(LEASE);

    private static final String ANSWER = """
            update idempotency_keys set status = ?, media_type = ?, etag = ?, answer = ?, expires_at = now() + %s
            where id = ? and owner = ? and status is null
            """.formatted(KEPT);

    private static final String LET_GO =
            "update idempotency_keys set leased_until = now() where id = ? and owner = ? and status is null";

    /** Where something is recorded, that stays noted. */
    private static final String LET_GO_UNUSED =
            "delete from idempotency_keys where id = ? and owner = ? and status is null and recorded = '{}'";

    /**
     * A key as a request carries it.
     *
     * @param bodyHash SHA-256 of what the request asks for besides its path
     */
    public record Key(String caller, String path, String key, byte[] bodyHash) {
        UUID id() {
            return Sha256.shortened((caller + "\n" + path + "\n" + key).getBytes(StandardCharsets.UTF_8));
        }
    }

    /** What was answered. */
    public record Answer(
            int status, String mediaType, @Nullable String etag, byte[] body) {}

    /** What a request with a key finds. */
    public sealed interface Finding {
        /** The action is this request's to carry out. */
        record Claimed(KeyClaim claim) implements Finding {}

        record Answered(Answer answer) implements Finding {}

        /** Another request is carrying it out. */
        record Running() implements Finding {}

        record OfAnotherBody() implements Finding {}
    }

    private final Transactions transactions;

    public IdempotencyKeys(Transactions transactions) {
        this.transactions = transactions;
    }

    public Finding claim(Key key, UUID owner) throws SQLException {
        return transactions.call(Patience.RECORDING, connection -> claim(connection, key, owner));
    }

    private static Finding claim(Connection connection, Key key, UUID owner) throws SQLException {
        UUID id = key.id();
        Statements.update(connection, FORGET, id);
        boolean first =
                Statements.update(connection, CLAIM, id, key.caller, key.path, key.key, key.bodyHash, owner) == 1;
        if (first) {
            return new Finding.Claimed(new KeyClaim(id, owner, Set.of()));
        }
        try (PreparedStatement statement = Statements.bound(connection, TAKE_OVER, owner, id, key.bodyHash);
                ResultSet row = statement.executeQuery()) {
            if (row.next()) {
                UUID[] recorded = (UUID[]) row.getArray("recorded").getArray();
                return new Finding.Claimed(new KeyClaim(id, owner, new HashSet<>(List.of(recorded))));
            }
        }
        return read(connection, key, id);
    }

    private static Finding read(Connection connection, Key key, UUID id) throws SQLException {
        try (PreparedStatement statement = Statements.bound(connection, READ, key.bodyHash, id);
                ResultSet row = statement.executeQuery()) {
            if (!row.next()) {
                // Let go between two statements: whoever had it failed, and the next try will have it.
                return new Finding.Running();
            }
            if (!row.getBoolean("same")) {
                return new Finding.OfAnotherBody();
            }
            int status = row.getInt("status");
            return row.wasNull()
                    ? new Finding.Running()
                    : new Finding.Answered(new Answer(
                            status, Rows.text(row, "media_type"), row.getString("etag"), row.getBytes("answer")));
        }
    }

    /**
     * Notes at the key what is recorded for it, in the transaction that records it, which must not commit where this throws.
     *
     * @param claim null where the request has no key
     */
    public static void record(Connection connection, @Nullable KeyClaim claim, Collection<UUID> ids)
            throws SQLException {
        if (claim == null) {
            return;
        }
        if (Statements.update(connection, RECORD, ids.toArray(UUID[]::new), claim.id(), claim.owner()) == 0) {
            throw new ClaimLost();
        }
    }

    /** Keeps the answer for those who repeat the request, unless another request has the key by now. */
    public void answer(KeyClaim claim, Answer answer) throws SQLException {
        transactions.call(
                Patience.RECORDING,
                connection -> Statements.update(
                        connection,
                        ANSWER,
                        answer.status,
                        answer.mediaType,
                        answer.etag,
                        answer.body,
                        claim.id(),
                        claim.owner()));
    }

    /** Lets the next request with the key try: this one was refused, or failed. */
    public void letGo(KeyClaim claim) throws SQLException {
        transactions.run(Patience.RECORDING, connection -> {
            Statements.update(connection, LET_GO_UNUSED, claim.id(), claim.owner());
            Statements.update(connection, LET_GO, claim.id(), claim.owner());
        });
    }
}
