package foldback.openapi;

import static io.restassured.RestAssured.given;

import io.restassured.http.Header;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Supplier;

/** Asks for operations of the document, and refuses each answer that is not as documented. */
final class Asked {
    static final String NOBODY = "0198c0de-0000-7000-8000-000000000000";

    private final Contract contract;
    private final Map<String, Set<Integer>> statuses = new ConcurrentSkipListMap<>();

    Asked(Contract contract) {
        this.contract = contract;
    }

    /** The statuses with which each operation answered. */
    Map<String, Set<Integer>> statuses() {
        return statuses;
    }

    /** What is there, what is not, and what is no id. */
    void one(String operation, String id) {
        for (String each : new String[] {id, NOBODY, "nothing"}) {
            ask(operation, path(operation, each));
        }
    }

    static String path(String operation, String id) {
        return operation.replaceFirst("^\\S+ ", "").replace("{id}", id).replace("{token}", "local");
    }

    Response ask(String operation, String path) {
        return ask(operation, path, () -> given());
    }

    Response ask(String operation, String path, Supplier<RequestSpecification> request) {
        String method = operation.replaceFirst(" .*", "");
        Response answer = request.get()
                .urlEncodingEnabled(false)
                .redirects()
                .follow(false)
                .request(method, path);
        take(operation, answer);
        return answer;
    }

    /** Callbacks go to the spool, and what is live is told once it has happened: all others ask the database before they answer. */
    List<String> needingTheDatabase() {
        return contract.operations().stream()
                .filter(operation -> !operation.contains("/callbacks/") && !operation.endsWith("/live"))
                .toList();
    }

    /** Asks for no more than the operation needs. */
    Response plainly(String operation) {
        String path = path(operation, NOBODY);
        if (!operation.startsWith("POST ")) {
            return ask(operation, path);
        }
        boolean many = operation.matches("POST /api/incidents/[a-z]+");
        return json(operation, path, many ? "{\"ids\":[\"" + NOBODY + "\"]}" : "{\"note\":\"seen\"}");
    }

    /** An answer that somebody else asked for. */
    void take(String operation, Response answer) {
        List<String> headers =
                answer.headers().asList().stream().map(Header::getName).toList();
        take(operation, answer.statusCode(), String.valueOf(answer.contentType()), headers, answer.asString());
    }

    /** The same in parts. */
    void take(String operation, int status, String contentType, List<String> headers, String body) {
        contract.check(operation, status, contentType, body);
        contract.checkHeaders(operation, status, headers);
        statuses.computeIfAbsent(operation, unknown -> new ConcurrentSkipListSet<>())
                .add(status);
    }

    /** Sends a body of JSON. */
    Response json(String operation, String path, String body, String... headers) {
        return ask(operation, path, () -> {
            RequestSpecification request =
                    given().contentType("application/json").body(body);
            for (int i = 0; i < headers.length; i += 2) {
                request.header(headers[i], headers[i + 1]);
            }
            return request;
        });
    }
}
