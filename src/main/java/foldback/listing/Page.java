package foldback.listing;

import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param next the cursor of the page that follows, null on the last one
 * @param count how many there are on all pages, where that was asked for
 */
public record Page<T>(
        List<T> items, @Nullable String next, @Nullable Long count) {

    /**
     * The first of the rows, as many as the limit allows.
     *
     * @param rows one more than the limit where there are more
     * @param next the cursor behind a row
     */
    public static <R> Page<R> of(List<R> rows, int limit, Function<R, String> next, @Nullable Long count) {
        boolean more = rows.size() > limit;
        List<R> items = more ? rows.subList(0, limit) : rows;
        return new Page<>(items, more ? next.apply(items.get(limit - 1)) : null, count);
    }

    public <S> Page<S> map(Function<? super T, S> form) {
        return new Page<>(items.stream().map(form).toList(), next, count);
    }

    /** With the link to the page that follows. */
    public RestResponse<Page<T>> answer(UriInfo uri) {
        var answer = RestResponse.ResponseBuilder.ok(this);
        if (next != null) {
            answer.header("Link", "<" + following(uri, next) + ">; rel=\"next\"");
        }
        return answer.build();
    }

    private static String following(UriInfo uri, String cursor) {
        String query = uri.getRequestUri().getRawQuery();
        String kept = Stream.of(query == null ? new String[0] : query.split("&", -1))
                .filter(parameter -> !parameter.isEmpty() && !parameter.startsWith("cursor="))
                .map(parameter -> parameter + "&")
                .collect(Collectors.joining());
        return uri.getAbsolutePath() + "?" + kept + "cursor=" + cursor;
    }
}
