package foldback.problem;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Singleton;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which methods the resources offer on a path: a 405 has to name them, and the framework's does not. */
@Singleton
final class AllowedMethods {
    private record Offer(Pattern path, String method) {}

    private final BeanManager beans;
    private volatile @Nullable List<Offer> offers;

    AllowedMethods(BeanManager beans) {
        this.beans = beans;
    }

    Set<String> of(String path) {
        Set<String> methods = offers().stream()
                .filter(offer -> offer.path.matcher(trimmed(path)).matches())
                .map(Offer::method)
                .collect(Collectors.toCollection(TreeSet::new));
        if (methods.contains(HttpMethod.GET)) {
            methods.add(HttpMethod.HEAD);
        }
        methods.add(HttpMethod.OPTIONS);
        return methods;
    }

    private List<Offer> offers() {
        List<Offer> known = offers;
        if (known == null) {
            known = beans.getBeans(Object.class, Any.Literal.INSTANCE).stream()
                    .map(Bean::getBeanClass)
                    .filter(type -> type.isAnnotationPresent(Path.class))
                    .flatMap(AllowedMethods::offersOf)
                    .toList();
            offers = known;
        }
        return known;
    }

    private static Stream<Offer> offersOf(Class<?> resource) {
        return Stream.of(resource.getDeclaredMethods()).flatMap(method -> Stream.of(method.getAnnotations())
                .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                .filter(verb -> verb != null)
                .map(verb -> new Offer(pattern(resource, method), verb.value())));
    }

    private static Pattern pattern(Class<?> resource, Method method) {
        Path below = method.getAnnotation(Path.class);
        String template = trimmed(resource.getAnnotation(Path.class).value())
                + (below == null ? "" : "/" + trimmed(below.value()));
        // Each literal part quoted, each {name} or {name: regex} any one segment.
        return Pattern.compile(Stream.of(trimmed(template).split("/", -1))
                .map(part -> part.contains("{") ? "[^/]+" : Pattern.quote(part))
                .collect(Collectors.joining("/")));
    }

    private static String trimmed(String path) {
        return path.replaceAll("^/+|/+$", "");
    }
}
