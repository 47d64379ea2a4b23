package foldback.ledger;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import foldback.database.Patience;
import foldback.ledger.IdempotencyKeys.Answer;
import foldback.ledger.IdempotencyKeys.Finding;
import foldback.testing.Concurrent;
import foldback.testing.Sql;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Keys in the database, as several replicas see them. */
class IdempotencyKeysIT {
    private static LedgerFixture ledger;

    private final IdempotencyKeys here = new IdempotencyKeys(ledger.transactions(new KnownHeads()));
    private final IdempotencyKeys elsewhere = new IdempotencyKeys(ledger.transactions(new KnownHeads()));
    private final IdempotencyKeys.Key key = key("alice", "{}");

    @BeforeAll
    static void start() throws SQLException {
        ledger = new LedgerFixture();
    }

    @AfterAll
    static void stop() {
        ledger.close();
    }

    private static IdempotencyKeys.Key key(String caller, String body) {
        return new IdempotencyKeys.Key(
                caller, "/api/x", UUID.randomUUID().toString(), Sha256.of(body.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void ofManyReplicasOneHasTheKey() {
        List<Finding> findings = Concurrent.run(8, n -> claim(n % 2 == 0 ? here : elsewhere, key));
        assertEquals(
                1, findings.stream().filter(Finding.Claimed.class::isInstance).count(), findings::toString);
        assertEquals(
                7, findings.stream().filter(Finding.Running.class::isInstance).count(), findings::toString);
    }

    @Test
    void theAnswerOfOneReplicaIsGivenByTheOther() throws SQLException {
        here.answer(claimed(here), new Answer(200, "application/json", "\"t\"", new byte[] {1, 2}));
        Answer answer =
                assertInstanceOf(Finding.Answered.class, claim(elsewhere, key)).answer();
        assertEquals(200, answer.status());
        assertEquals("application/json", answer.mediaType());
        assertEquals("\"t\"", answer.etag());
        assertArrayEquals(new byte[] {1, 2}, answer.body());
    }

    @Test
    void theSameKeyOfAnotherCallerOrPathIsAnotherKey() {
        claim(here, key);
        assertInstanceOf(
                Finding.Claimed.class,
                claim(here, new IdempotencyKeys.Key("bob", key.path(), key.key(), key.bodyHash())));
        assertInstanceOf(
                Finding.Claimed.class,
                claim(here, new IdempotencyKeys.Key("alice", "/api/y", key.key(), key.bodyHash())));
        assertInstanceOf(
                Finding.OfAnotherBody.class,
                claim(here, new IdempotencyKeys.Key("alice", key.path(), key.key(), Sha256.of(new byte[0]))));
    }

    @Test
    void aPathMayBeLongerThanAnIndexTakes() {
        IdempotencyKeys.Key longest =
                new IdempotencyKeys.Key("alice", "/" + UUID.randomUUID() + "x".repeat(16_000), "k", key.bodyHash());
        assertInstanceOf(Finding.Claimed.class, claim(here, longest));
    }

    @Test
    void whatIsRecordedIsNotedOnlyWhereItIsCommitted() throws SQLException {
        KeyClaim claim = claimed(here);
        UUID recorded = UUID.randomUUID();
        assertThrows(
                SQLException.class, () -> ledger.transactions(new KnownHeads()).call(Patience.RECORDING, connection -> {
                    IdempotencyKeys.record(connection, claim, List.of(UUID.randomUUID()));
                    throw new SQLException("the process dies", "08000");
                }));
        ledger.transactions(new KnownHeads()).call(Patience.RECORDING, connection -> {
            IdempotencyKeys.record(connection, claim, List.of(recorded));
            return recorded;
        });
        here.letGo(claim);
        assertEquals(Set.of(recorded), claimed(elsewhere).recorded());
    }

    @Test
    void whoHasLostTheKeyNeitherRecordsNorAnswersNorLetsGo() throws SQLException {
        KeyClaim lost = claimed(here);
        Sql.execute(
                ledger.database, "update idempotency_keys set leased_until = now() where key = '" + key.key() + "'");
        claimed(elsewhere);
        assertThrows(
                ClaimLost.class, () -> ledger.transactions(new KnownHeads()).call(Patience.RECORDING, connection -> {
                    IdempotencyKeys.record(connection, lost, List.of());
                    return lost;
                }));
        here.answer(lost, new Answer(200, "application/json", null, new byte[0]));
        here.letGo(lost);
        assertInstanceOf(Finding.Running.class, claim(here, key));
    }

    @Test
    void whatHasExpiredIsDeletedAndNothingElse() throws SQLException {
        claim(here, key);
        Sql.execute(
                ledger.database,
                "insert into idempotency_keys (id, caller, path, key, body_hash, owner, leased_until, expires_at)"
                        + " select gen_random_uuid(), 'expired', '/', 'k', sha256('x'), gen_random_uuid(), now(), now()"
                        + " from generate_series(1, 1201)");
        new ExpiredKeys(ledger.transactions(new KnownHeads())).prune();
        assertEquals(
                List.of("0"),
                Sql.rows(ledger.database, "select count(*) from idempotency_keys where caller = 'expired'"));
        assertInstanceOf(Finding.Running.class, claim(here, key));
    }

    private KeyClaim claimed(IdempotencyKeys keys) {
        return assertInstanceOf(Finding.Claimed.class, claim(keys, key)).claim();
    }

    private static Finding claim(IdempotencyKeys keys, IdempotencyKeys.Key key) {
        try {
            return keys.claim(key, UUID.randomUUID());
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
