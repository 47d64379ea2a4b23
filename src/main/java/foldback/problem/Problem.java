package foldback.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One refusal as the client sees it.
 *
 * @param refusal what is refused
 * @param detail why, this time; for a 5xx nothing about the inside
 * @param errors the fields to blame, if any
 * @param members further members of the JSON object, such as {@code quarantineId}
 * @param headers headers of the answer that belong to the refusal, such as {@code Retry-After}
 */
public record Problem(
        Refusal refusal,
        String detail,
        List<FieldError> errors,
        Map<String, Object> members,
        Map<String, String> headers) {

    /** The media type of what {@link #json} gives. */
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A field of the request, and what is wrong with it. */
    public record FieldError(String field, String message) {}

    /** Copies what it is given. */
    public Problem {
        errors = List.copyOf(errors);
        members = Map.copyOf(members);
        headers = Map.copyOf(headers);
    }

    /** Without fields, members and headers. */
    public static Problem of(Refusal refusal, String detail) {
        return new Problem(refusal, detail, List.of(), Map.of(), Map.of());
    }

    /** The same, blaming one more field. */
    public Problem withError(String field, String message) {
        List<FieldError> more = new ArrayList<>(errors);
        more.add(new FieldError(field, message));
        return new Problem(refusal, detail, more, members, headers);
    }

    /** The same with one more member. */
    public Problem with(String member, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(members);
        more.put(member, value);
        return new Problem(refusal, detail, errors, more, headers);
    }

    /** The same with one more header of the answer. */
    public Problem withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Problem(refusal, detail, errors, members, more);
    }

    /** The status code of HTTP. */
    public int status() {
        return refusal.status();
    }

    /** The members of the answer's JSON object, in their order. */
    public Map<String, Object> object() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("type", "urn:foldback:problem:" + refusal.slug());
        object.put("title", refusal.title());
        object.put("status", refusal.status());
        object.put("detail", detail);
        if (!errors.isEmpty()) {
            object.put("errors", errors);
        }
        object.putAll(members);
        return object;
    }

    /** The body of the answer. */
    public String json() {
        try {
            return JSON.writeValueAsString(object());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
