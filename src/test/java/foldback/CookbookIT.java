package foldback;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import foldback.testing.Recipes;
import foldback.testing.Recipes.Recipe;
import foldback.testing.RunningJar;
import foldback.testing.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** What the cookbook shows is what comes: a reader's shell is given all of it, against a fresh service. */
class CookbookIT {
    private static final Path COOKBOOK = Path.of("docs/cookbook.md");
    /** A slow machine may need longer for the very first callback than a callback usually waits for the database. */
    private static final Map<String, String> PATIENT = Map.of("FOLDBACK_SPOOL_AFTER", "60s");

    @TempDir
    Path home;

    @Test
    void itAnswersTwentyQuestions() throws IOException {
        List<Recipe> questions =
                Recipes.of(Files.readString(COOKBOOK)).stream().skip(1).toList();
        assertEquals(20, questions.size(), "questions");
        for (Recipe question : questions) {
            assertTrue(question.heading().endsWith("?"), question.heading());
            assertTrue(question.commands().matches("(?s).*curl .*\\|\\s+jq .*"), question.commands());
            assertTrue(!question.output().isBlank(), "An answer to '" + question.heading() + "'");
        }
    }

    @Test
    void itsCommandsPrintWhatStandsBeneathThem() throws Exception {
        Tools.require("bash", "curl", "jq");
        try (RunningJar service =
                RunningJar.start(home.resolve("data"), PATIENT).up()) {
            String here = "127.0.0.1:" + service.port();
            List<Recipe> recipes = Recipes.of(Files.readString(COOKBOOK).replace("127.0.0.1:8080", here));
            List<String> printed = Recipes.typed(recipes, home);
            assertAll(IntStream.range(0, recipes.size()).mapToObj(i -> prints(recipes.get(i), printed.get(i))));
        }
    }

    private static Executable prints(Recipe recipe, String printed) {
        return () -> assertEquals(recipe.output(), printed, recipe.heading());
    }
}
