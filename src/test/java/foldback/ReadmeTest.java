package foldback;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds the table of configuration to the code. */
class ReadmeTest {
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `(foldback\\.[^`]+)` \\| (?:`([^`]*)`)? *\\| \\S.*\\|$");

    @Test
    void theTableOfConfigurationHasEverySettingWithItsDefault() throws IOException {
        Map<String, String> documented = new TreeMap<>();
        Matcher row = ROW.matcher(Files.readString(Path.of("README.md")));
        while (row.find()) {
            documented.put(row.group(1), row.group(2) == null ? "" : row.group(2));
        }
        assertEquals(settings(), documented);
    }

    private static Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        for (JavaClass mapping : new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("foldback")) {
            if (mapping.isAnnotatedWith(ConfigMapping.class)) {
                Class<?> type = mapping.reflect();
                collect(type.getAnnotation(ConfigMapping.class).prefix(), type, settings);
            }
        }
        return settings;
    }

    private static void collect(String prefix, Class<?> mapping, Map<String, String> settings) {
        for (Method method : mapping.getDeclaredMethods()) {
            String name =
                    prefix + "." + method.getName().replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
            WithDefault byDefault = method.getAnnotation(WithDefault.class);
            if (Map.class.isAssignableFrom(method.getReturnType())) {
                group(name + ".<label>", method, settings);
            } else {
                settings.put(name, byDefault == null ? "" : byDefault.value());
            }
        }
    }

    private static void group(String name, Method method, Map<String, String> settings) {
        String value = method.getGenericReturnType().getTypeName();
        for (Class<?> nested : method.getDeclaringClass().getDeclaredClasses()) {
            if (value.endsWith(nested.getName() + ">")) {
                collect(name, nested, settings);
                return;
            }
        }
        settings.put(name, "");
    }
}
