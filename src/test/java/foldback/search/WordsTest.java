package foldback.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is searched for, and what it is found by. */
class WordsTest {
    private static final int SEED = 20251124;
    private static final String LETTERS = "aAbBſsSkKKéÉßµΜμσςΣяЯ库库存🚀 .%_*\\^$[](){}|?+-\n　";

    @Test
    void blanksOfAnyScriptPartWords() {
        assertEquals(List.of("CPU", "使用率", "a.b"), Words.of("  CPU　使用率\ta.b\n").words());
        assertEquals(List.of(), Words.of(" 　 ").words());
    }

    @Test
    void eachWordMayStandAnywhereInAnyCase() {
        assertTrue(Words.of("Rate 使用 éT").allIn("heartbeat-RATE\nCPU使用率\nÉté"));
        assertFalse(Words.of("Rate 使率").allIn("heartbeat-RATE\nCPU使用率"));
    }

    @Test
    void textsAreKeptFoldedEachLineOnce() {
        assertEquals(
                "cpu 使用\nété",
                new Texts().text("CPU 使用\nÉTé").text("étÉ").text(null).joined());
        assertEquals("ärger 100%", new Texts().text("Ärger 100%").joined());
        assertEquals("%ä\\_r\\%\\\\%", Texts.like("ä_R%\\"));
        assertNull(new Texts().text("x".repeat(Texts.MOST)).joined());
    }

    @Test
    void aTextHasItsCharactersAndNeighboursWithinWords() {
        assertEquals(Set.of("c", "p", "u", "cp", "pu", "使", "用", "使用"), new HashSet<>(Terms.of("CpU 使用")));
        assertEquals(List.of("🚀"), Terms.of("🚀"));
        assertEquals(List.of(), Terms.of(" \n"));
    }

    @Test
    void aWholeValueIsOneTermWithoutBlanks() {
        assertEquals("regionId=cn-hangzhou", Terms.of("regionId", "cn-hangzhou"));
        assertTrue(Terms.of("label.team", "on call").startsWith("#"));
        assertTrue(Terms.of("instanceName", "x".repeat(65)).startsWith("#"));
    }

    @Test
    void tooManyTermsAreNone() {
        String chinese = new Random(SEED)
                .ints(Terms.MOST, 0x4E00, 0x9FA5)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
        assertNull(new Terms().text("cpu").text(chinese).value("ruleId", "1").joined());
    }

    @Test
    void whatContainsAWordHasItsTermsAndMatchesItsPattern() {
        Random random = new Random(SEED);
        int found = 0;
        for (int i = 0; i < 20_000; i++) {
            String text = text(random, 12);
            String sought = text(random, 3).strip();
            Words words = Words.of(sought);
            String word = words.words().isEmpty() ? "a" : words.words().get(0);
            boolean contained = Words.of(word).allIn(text);
            String place = "seed " + SEED + ": <" + word + "> in <" + text + ">";
            assertEquals(
                    contained,
                    Pattern.compile(Words.pattern(word)).matcher(text).find(),
                    place);
            assertTrue(!contained || Terms.of(text).containsAll(Terms.of(word)), place);
            found += contained ? 1 : 0;
        }
        assertTrue(found > 1000, "found " + found);
    }

    private static String text(Random random, int longest) {
        int[] letters = LETTERS.codePoints().toArray();
        return random.ints(1 + random.nextInt(longest), 0, letters.length)
                .mapToObj(at -> Character.toString(letters[at]))
                .collect(Collectors.joining());
    }
}
