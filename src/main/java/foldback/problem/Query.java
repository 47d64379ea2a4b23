package foldback.problem;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The query parameters that a resource method reads by itself, besides its {@code @QueryParam}s. A name that ends in
 * {@code *} stands for all that begin like it: {@code dimensions.*}. Any other parameter is refused. Methods that
 * read the same ones share an annotation that has this one, or has another that has it.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
public @interface Query {
    /** Taken once. */
    String[] single() default {};

    /** Taken any number of times, and with {@code !} after the name to exclude. */
    String[] filters() default {};
}
