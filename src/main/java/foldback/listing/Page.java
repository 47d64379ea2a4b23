package foldback.listing;

import com.fasterxml.jackson.annotation.JsonIgnore;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param next the cursor of the page that follows, null on the last one
 * @param count how many there are on all pages, where that was asked for
 * @param lasting what of the items does not change with the clock alone; the items themselves where nothing does
 */
public record Page<T>(
        List<T> items,
        @Nullable String next,
        @Nullable Long count,
        @JsonIgnore List<?> lasting) {

    public Page(List<T> items, @Nullable String next, @Nullable Long count) {
        this(items, next, count, items);
    }

    /**
     * The rows that had room.
     *
     * @param next the cursor behind a row
     */
    public static <R> Page<R> of(Portion<R> portion, Function<R, String> next, @Nullable Long count) {
        List<R> rows = portion.rows();
        return new Page<>(rows, portion.more() ? next.apply(rows.get(rows.size() - 1)) : null, count);
    }

    public <S> Page<S> map(Function<? super T, S> form) {
        return new Page<>(items.stream().map(form).toList(), next, count);
    }

    /**
     * The same of other items.
     *
     * @param lasting of an item and what it became, what does not change with the clock alone
     */
    public <S> Page<S> map(Function<? super T, S> form, BiFunction<? super T, ? super S, ?> lasting) {
        List<S> formed = items.stream().map(form).toList();
        List<?> kept = IntStream.range(0, formed.size())
                .mapToObj(i -> lasting.apply(items.get(i), formed.get(i)))
                .toList();
        return new Page<>(formed, next, count, kept);
    }

    /** With the link to the page that follows. */
    public RestResponse<Page<T>> answer(UriInfo uri) {
        var answer = RestResponse.ResponseBuilder.ok(this);
        if (next != null) {
            answer.header("Link", "<" + following(uri, next) + ">; rel=\"next\"");
        }
        return answer.build();
    }

    /** Not by the URI that was asked for: java.net.URI refuses characters that clients send. */
    private static String following(UriInfo uri, String cursor) {
        MultivaluedMap<String, String> query = new MultivaluedHashMap<>(uri.getQueryParameters());
        query.putSingle("cursor", cursor);
        return uri.getBaseUri() + uri.getPath().replaceFirst("^/+", "") + "?" + Parameters.query(query);
    }
}
