package foldback.openapi;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import foldback.problem.Query;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the service offers, read from its resources: their methods, and the parameters that these take. */
final class Offered {
    /** The one route that is no resource. */
    private static final Set<String> ROUTED = Set.of("GET /callbacks/{token}", "POST /callbacks/{token}");

    /** What a method shares with others, and only refuses, with a word why. */
    static final Map<String, Set<String>> REFUSED = Map.of("GET /api/incidents/summary", Set.of("asOf", "sort"));

    private Offered() {}

    /** The resource methods by what they answer, {@code GET /api/incidents/{id}}. */
    static Map<String, Method> methods() {
        Map<String, Method> methods = new TreeMap<>();
        for (JavaClass type : new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("foldback")) {
            if (type.isAnnotatedWith(Path.class)) {
                for (Method method : type.reflect().getDeclaredMethods()) {
                    add(methods, type.reflect().getAnnotation(Path.class).value(), method);
                }
            }
        }
        return methods;
    }

    private static void add(Map<String, Method> methods, String path, Method method) {
        Path below = method.getAnnotation(Path.class);
        for (Annotation annotation : method.getAnnotations()) {
            HttpMethod verb = annotation.annotationType().getAnnotation(HttpMethod.class);
            if (verb != null) {
                methods.put(verb.value() + " " + path + (below == null ? "" : below.value()), method);
            }
        }
    }

    static Set<String> operations() {
        Set<String> operations = new TreeSet<>(ROUTED);
        operations.addAll(methods().keySet());
        return operations;
    }

    /** The query parameters that it takes; a filter once, for that it can exclude is said of each. */
    static Set<String> query(String operation, Method method) {
        Set<String> names = new TreeSet<>();
        add(names, method.getAnnotation(Query.class));
        for (Annotation shared : method.getAnnotations()) {
            add(names, shared.annotationType().getAnnotation(Query.class));
            for (Annotation part : shared.annotationType().getAnnotations()) {
                add(names, part.annotationType().getAnnotation(Query.class));
            }
        }
        names.removeAll(REFUSED.getOrDefault(operation, Set.of()));
        for (Parameter parameter : method.getParameters()) {
            if (parameter.isAnnotationPresent(QueryParam.class)) {
                names.add(parameter.getAnnotation(QueryParam.class).value());
            }
        }
        return names;
    }

    private static void add(Set<String> names, Query query) {
        if (query != null) {
            names.addAll(List.of(query.single()));
            names.addAll(List.of(query.filters()));
        }
    }

    static Set<String> headers(Method method) {
        Set<String> names = new TreeSet<>();
        for (Parameter parameter : method.getParameters()) {
            if (parameter.isAnnotationPresent(HeaderParam.class)) {
                names.add(parameter.getAnnotation(HeaderParam.class).value());
            }
        }
        return names;
    }

    static Set<String> path(Method method) {
        Set<String> names = new TreeSet<>();
        for (Parameter parameter : method.getParameters()) {
            if (parameter.isAnnotationPresent(PathParam.class)) {
                names.add(parameter.getAnnotation(PathParam.class).value());
            }
        }
        return names;
    }
}
