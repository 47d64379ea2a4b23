package foldback.problem;

import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of resource methods, and says which one it cannot read: JAX-RS would answer 404. */
@Provider
public final class ReadableParameters implements ParamConverterProvider {
    private static final Pattern UUID_FORM = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    /** What to say where a text is no id. */
    public static final String ID = "an id such as 0198c0de-0000-7000-8000-000000000000";

    private record Form(Refusal refusal, String expected, Function<String, Object> reader) {}

    private static final Form WHOLE = new Form(Refusal.INVALID_PARAMETER, "a whole number", Integer::valueOf);
    private static final Form LONG = new Form(Refusal.INVALID_PARAMETER, "a whole number", Long::valueOf);
    private static final Form TRUTH = new Form(Refusal.INVALID_PARAMETER, "true or false", ReadableParameters::truth);
    private static final Map<Class<?>, Form> FORMS = Map.of(
            UUID.class, new Form(Refusal.MALFORMED_ID, ID, ReadableParameters::uuid),
            Instant.class,
                    new Form(
                            Refusal.INVALID_PARAMETER,
                            "an instant such as 2025-03-04T05:06:07Z",
                            ReadableParameters::instant),
            Integer.class, WHOLE,
            int.class, WHOLE,
            Long.class, LONG,
            long.class, LONG,
            Boolean.class, TRUTH,
            boolean.class, TRUTH);

    @Override
    public <T> @Nullable ParamConverter<T> getConverter(Class<T> type, Type generic, Annotation[] annotations) {
        Form form = FORMS.get(type);
        return form == null ? null : new Converter<>(form, name(annotations));
    }

    private static String name(Annotation[] annotations) {
        for (Annotation annotation : annotations) {
            if (annotation instanceof PathParam path) {
                return path.value();
            }
            if (annotation instanceof QueryParam query) {
                return query.value();
            }
        }
        return "parameter";
    }

    /** The id that is written so; empty where it is none. */
    public static Optional<UUID> id(String text) {
        return UUID_FORM.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }

    private static UUID uuid(String text) {
        return id(text).orElseThrow(IllegalArgumentException::new);
    }

    private static Instant instant(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }

    private static Boolean truth(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException();
        };
    }

    private record Converter<T>(Form form, String name) implements ParamConverter<T> {
        @Override
        @SuppressWarnings("unchecked")
        public @Nullable T fromString(@Nullable String text) {
            if (text == null) {
                return null;
            }
            try {
                return (T) form.reader.apply(text);
            } catch (RuntimeException e) {
                throw form.refusal
                        .because("The parameter " + name + " should be " + form.expected + ".")
                        .blaming(name, "should be " + form.expected);
            }
        }

        @Override
        public String toString(T value) {
            return String.valueOf(value);
        }
    }
}
