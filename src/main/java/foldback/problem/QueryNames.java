package foldback.problem;

import jakarta.ws.rs.QueryParam;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The query parameters of one resource method.
 *
 * @param single those that are taken once
 * @param repeatable those that are taken any number of times
 */
record QueryNames(Set<String> single, Set<String> repeatable) {
    static QueryNames of(Method method) {
        QueryNames names = new QueryNames(new HashSet<>(), new HashSet<>());
        for (Parameter parameter : method.getParameters()) {
            names.add(parameter);
        }
        names.add(method.getAnnotation(Query.class));
        for (Annotation shared : method.getAnnotations()) {
            names.add(shared.annotationType().getAnnotation(Query.class));
            for (Annotation part : shared.annotationType().getAnnotations()) {
                names.add(part.annotationType().getAnnotation(Query.class));
            }
        }
        return names;
    }

    private void add(@Nullable Query query) {
        if (query != null) {
            single.addAll(List.of(query.single()));
            for (String filter : query.filters()) {
                repeatable.add(filter);
                repeatable.add(filter + "!");
            }
        }
    }

    private void add(Parameter parameter) {
        QueryParam query = parameter.getAnnotation(QueryParam.class);
        if (query != null) {
            boolean many = Collection.class.isAssignableFrom(parameter.getType());
            (many ? repeatable : single).add(query.value());
        }
    }

    /** What is wrong with these parameters, if anything. */
    Optional<Problem> refuse(Map<String, ? extends Collection<String>> parameters) {
        Set<String> unknown = new TreeSet<>();
        Set<String> repeated = new TreeSet<>();
        Set<String> empty = new TreeSet<>();
        parameters.forEach((name, values) -> {
            boolean takenOnce = contains(single, name);
            if (!takenOnce && !contains(repeatable, name)) {
                unknown.add(name);
            } else if (takenOnce && values.size() > 1) {
                repeated.add(name);
            } else if (values.contains("")) {
                empty.add(name);
            }
        });
        if (!unknown.isEmpty()) {
            return Optional.of(blame(Refusal.UNKNOWN_PARAMETER, "Not known here: ", unknown, "is not known here"));
        }
        if (!repeated.isEmpty()) {
            return Optional.of(blame(Refusal.REPEATED_PARAMETER, "Given twice: ", repeated, "takes one value"));
        }
        return empty.isEmpty()
                ? Optional.empty()
                : Optional.of(blame(Refusal.INVALID_PARAMETER, "Without a value: ", empty, "should not be empty"));
    }

    private static Problem blame(Refusal refusal, String detail, Set<String> names, String message) {
        Problem problem = Problem.of(refusal, detail + String.join(", ", names) + ".");
        for (String name : names) {
            problem = problem.withError(name, message);
        }
        return problem;
    }

    private static boolean contains(Set<String> declared, String name) {
        return declared.contains(name) || declared.stream().anyMatch(pattern -> begins(pattern, name));
    }

    private static boolean begins(String pattern, String name) {
        boolean excludes = pattern.endsWith("*!");
        if (!excludes && !pattern.endsWith("*")) {
            return false;
        }
        String prefix = pattern.substring(0, pattern.length() - (excludes ? 2 : 1));
        return name.length() > prefix.length() && name.startsWith(prefix);
    }
}
