package foldback.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a document tells its reader to type into a shell, and what it says that comes of it. */
public final class Recipes {
    private static final Pattern HEADING = Pattern.compile("(?m)^## ");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\n(.*?)^```$");

    private Recipes() {}

    /**
     * One section of the document: a block of commands, and the output that stands beneath it.
     *
     * @param heading the section's heading; of what stands before the first one, the document's
     */
    public record Recipe(String heading, String commands, String output) {}

    /** The recipes in their order, what stands before the first heading among them: each section has to have exactly one. */
    public static List<Recipe> of(String markdown) {
        return HEADING.splitAsStream(markdown).map(Recipes::recipe).toList();
    }

    private static Recipe recipe(String section) {
        String heading = section.lines().findFirst().orElse("");
        List<String> languages = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        Matcher block = BLOCK.matcher(section);
        while (block.find()) {
            languages.add(block.group(1));
            texts.add(block.group(2));
        }
        if (languages.size() != 2
                || !languages.get(0).equals("sh")
                || languages.get(1).equals("sh")) {
            throw new AssertionError("One sh block and its output under '" + heading + "', not " + languages);
        }
        return new Recipe(heading, texts.get(0), texts.get(1));
    }

    /** What comes of each, errors too, when one shell is given all of them in turn: what one sets, the next ones know. */
    public static List<String> typed(List<Recipe> recipes, Path home) throws IOException, InterruptedException {
        StringBuilder script = new StringBuilder();
        for (int i = 0; i < recipes.size(); i++) {
            script.append("{\n%s} > '%s' 2>&1\n".formatted(recipes.get(i).commands(), output(home, i)));
        }
        Path file = Files.writeString(home.resolve("recipes.sh"), script);
        Path errors = home.resolve("errors");
        Process shell = new ProcessBuilder("bash", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(errors.toFile())
                .start();
        if (!shell.waitFor(3, TimeUnit.MINUTES)) {
            shell.destroyForcibly();
            throw new AssertionError("The recipes do not come to an end.");
        }
        List<String> outputs = new ArrayList<>();
        for (int i = 0; i < recipes.size(); i++) {
            Path output = output(home, i);
            outputs.add(Files.exists(output) ? Files.readString(output) : Files.readString(errors));
        }
        return outputs;
    }

    private static Path output(Path home, int recipe) {
        return home.resolve("output-" + recipe);
    }
}
