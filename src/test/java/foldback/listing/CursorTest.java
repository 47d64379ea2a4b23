package foldback.listing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.problem.ProblemException;
import foldback.problem.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A cursor leads back to its place in its own list, and anything else is refused. */
class CursorTest {
    private static final Instant ASKED = Instant.parse("2025-03-04T02:17:11.386123Z");
    private static final UUID ID = UUID.fromString("0198c0de-0000-7000-8000-0000000000ff");

    @Test
    void leadsBackToItsPlace() {
        Cursor cursor = new Cursor(ASKED, "2025-03-04T02:17:11Z", ID);
        assertEquals(cursor, Cursor.parse(cursor.text("list"), "list", Cursor::isInstant));
    }

    @Test
    void leadsBackToAPlaceWithoutAKey() {
        Cursor cursor = new Cursor(ASKED, null, ID);
        assertEquals(cursor, Cursor.parse(cursor.text("list"), "list", key -> key == null));
        assertRefused(cursor.text("list"), "list");
    }

    @Test
    void belongsToItsList() {
        assertRefused(new Cursor(ASKED, "2025-03-04T02:17:11Z", ID).text("list"), "list sorted otherwise");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "x", "=", "MXx4", "eyJhIjoxfQ", "中", "....", "\uD800", "MQ=="})
    void isNothingThatClientsMakeUp(String text) {
        assertRefused(text, "list");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2025-03-04T02:17:11",
                "2025-03-04T02:17:11 08:00",
                "+20250-03-04T02:17:11Z",
                "epoch",
                "WARN",
                "' or 1=1"
            })
    void holdsOnlyAKeyThatTheListHas(String key) {
        assertRefused(new Cursor(ASKED, key, ID).text("list"), "list");
    }

    @Test
    void isRefusedWhereverItIsDamaged() {
        String whole = new Cursor(ASKED, "2025-03-04T02:17:11Z", ID).text("list");
        Random random = new Random(20250304);
        for (int i = 0; i < 10_000; i++) {
            byte[] bytes = Base64.getUrlDecoder().decode(whole);
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            String damaged = Base64.getUrlEncoder().encodeToString(bytes);
            try {
                Cursor cursor = Cursor.parse(damaged, "list", Cursor::isInstant);
                assertTrue(Cursor.isInstant(cursor.key()), () -> new String(bytes, StandardCharsets.UTF_8));
            } catch (ProblemException e) {
                assertEquals(400, e.problem().status());
                assertEquals("cursor", e.problem().errors().get(0).field());
            }
        }
    }

    private static void assertRefused(String text, String list) {
        ProblemException refused =
                assertThrows(ProblemException.class, () -> Cursor.parse(text, list, Cursor::isInstant));
        assertEquals(Refusal.INVALID_CURSOR, refused.problem().refusal());
        assertEquals("cursor", refused.problem().errors().get(0).field());
    }
}
