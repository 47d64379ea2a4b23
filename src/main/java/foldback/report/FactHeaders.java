package foldback.report;

import jakarta.ws.rs.core.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a file is about, as headers of the answer: a file of rows has no place for it. */
final class FactHeaders {
    private FactHeaders() {}

    static Response.ResponseBuilder add(Response.ResponseBuilder answer, Question question, int foldVersion) {
        if (question.asOf() != null) {
            answer.header("Foldback-As-Of", question.asOf());
        }
        return answer.header("Foldback-Since", question.window().since())
                .header("Foldback-Until", question.window().until())
                .header("Foldback-Cohort", question.cohort().word())
                .header("Foldback-Tz", question.tz())
                .header("Foldback-Filter", filter(question.filter()))
                .header("Foldback-Fold-Version", foldVersion);
    }

    /** In the form of a query: a header has ASCII only. */
    private static String filter(Map<String, List<String>> filter) {
        return filter.entrySet().stream()
                .flatMap(each -> each.getValue().stream().map(value -> encoded(each.getKey()) + "=" + encoded(value)))
                .collect(Collectors.joining("&"));
    }

    static String encoded(String text) {
        return Stream.of(text.split(",", -1))
                .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8))
                .collect(Collectors.joining(","));
    }
}
