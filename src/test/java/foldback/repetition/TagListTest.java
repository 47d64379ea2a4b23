package foldback.repetition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tags, and how those of a request are compared with the present one: the table of RFC 9110, section 8.8.3.2. */
class TagListTest {
    @ParameterizedTest
    @CsvSource({
        "W/\"1\", W/\"1\", false, true",
        "W/\"1\", W/\"2\", false, false",
        "W/\"1\", \"1\", false, true",
        "\"1\", \"1\", true, true",
        "\"1\", W/\"1\", false, true"
    })
    void areComparedStronglyOrWeakly(String sent, String present, boolean strongly, boolean weakly) {
        EntityTag tag = new EntityTag(present.startsWith("W/"), present.replaceAll("W/|\"", ""));
        assertEquals(present, tag.toString());
        assertEquals(strongly, TagList.parse("If-Match", List.of(sent)).matchesStrongly(tag));
        assertEquals(weakly, TagList.parse("If-None-Match", List.of(sent)).matchesWeakly(tag));
    }

    @Test
    void theListMayComeInSeveralLinesAndATagMayHoldCommas() {
        TagList tags = TagList.parse("If-Match", List.of("\"a,b\" ,, W/\"c\"", "\"\""));
        assertEquals(
                List.of(new EntityTag(false, "a,b"), new EntityTag(true, "c"), new EntityTag(false, "")), tags.tags());
        assertFalse(tags.any());
    }

    @Test
    void aStarIsAnyTag() {
        TagList any = TagList.parse("If-Match", List.of(" * "));
        assertTrue(any.matchesStrongly(EntityTag.strong("x")));
        assertTrue(any.matchesWeakly(new EntityTag(true, "x")));
    }

    @Test
    void anotherRepresentationHasATagOfItsOwn() {
        EntityTag tag = EntityTag.strong("x");
        assertNotEquals(tag, tag.variant("explain"));
        assertNotEquals(tag.variant("explain"), tag.variant("asOf=2025-03-04T00:00:00Z"));
        assertNotEquals(tag.variant("explain"), EntityTag.strong("y").variant("explain"));
        assertEquals(tag.variant("explain"), EntityTag.strong("x").variant("explain"));
        assertFalse(tag.variant("explain").weak());
    }
}
