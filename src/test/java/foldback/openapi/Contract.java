package foldback.openapi;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The document that the service serves, and whether something is as it says. */
final class Contract {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String URI = "https://foldback.test/openapi";
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

    /** The headers of answers that say more than how they are sent. */
    private static final Set<String> ACTED_ON = Set.of(
            "allow",
            "content-disposition",
            "etag",
            "idempotent-replayed",
            "link",
            "location",
            "retry-after",
            "www-authenticate");

    private final JsonNode document;
    private final SchemaRegistry schemas;
    private final Map<String, JsonNode> operations = new TreeMap<>();

    /** As whoever needs no key reads it. */
    static Contract served() throws IOException {
        return served("none");
    }

    static Contract served(String key) throws IOException {
        return new Contract(given().header("Authorization", "Bearer " + key)
                .get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .body("openapi", startsWith("3.1."))
                .extract()
                .asString());
    }

    private Contract(String text) throws IOException {
        document = JSON.readTree(text);
        schemas =
                SchemaRegistry.withDefaultDialect(Dialects.getOpenApi31(), builder -> builder.schemas(Map.of(URI, text))
                        .schemaRegistryConfig(SchemaRegistryConfig.builder()
                                .formatAssertionsEnabled(true)
                                .build()));
        document.get("paths").properties().forEach(path -> path.getValue().properties().stream()
                .filter(member -> METHODS.contains(member.getKey()))
                .forEach(member -> operations.put(
                        member.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(), member.getValue())));
    }

    /** By method and path, {@code GET /api/incidents/{id}}. */
    Set<String> operations() {
        return operations.keySet();
    }

    JsonNode operation(String operation) {
        JsonNode found = operations.get(operation);
        assertTrue(found != null, "the document has no operation " + operation);
        return found;
    }

    JsonNode schemas() {
        return document.at("/components/schemas");
    }

    /** The node, or the component that it refers to. */
    JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.get("$ref").asText().substring(1)) : node;
    }

    /** The names of its parameters of a kind, {@code query} or {@code path}. */
    Set<String> parameters(String operation, String in) {
        Set<String> names = new TreeSet<>();
        operation(operation).path("parameters").forEach(reference -> {
            JsonNode parameter = resolved(reference);
            if (parameter.get("in").asText().equals(in)) {
                names.add(parameter.get("name").asText());
            }
        });
        return names;
    }

    /** Refuses an answer that is not as documented: its status, its type, each field of its body. */
    void check(String operation, int status, String contentType, String body) {
        String what = operation + " answered " + status + " " + contentType + ": " + body;
        JsonNode response = resolved(operation(operation).path("responses").path(Integer.toString(status)));
        assertTrue(response.isObject(), "the document does not know that " + what);
        if (!response.has("content")) {
            assertEquals("", body, what);
            return;
        }
        String type = contentType.replaceAll(";.*", "").strip();
        JsonNode media = response.get("content").get(type);
        assertTrue(media != null, "the document does not know the type with which " + what);
        if (type.endsWith("json") && !type.startsWith("application/x-")) {
            // A schema that stands alone can be named in a failure, and is described once.
            assertTrue(media.at("/schema").has("$ref"), operation + " " + status + " should refer to a schema");
            assertEquals(List.of(), errors(media.at("/schema/$ref").asText(), body), what);
        }
    }

    /** Refuses an answer with a header that clients act on, and that the document does not name. */
    void checkHeaders(String operation, int status, List<String> names) {
        JsonNode response = resolved(operation(operation).path("responses").path(Integer.toString(status)));
        Set<String> known = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        response.path("headers").fieldNames().forEachRemaining(known::add);
        for (String name : names) {
            assertTrue(
                    known.contains(name) || !ACTED_ON.contains(name.toLowerCase(Locale.ROOT)),
                    operation + " answers " + status + " with a header that is not documented: " + name);
        }
    }

    /** What is wrong with it by a schema of the document, {@code #/components/schemas/Incident}. */
    List<String> errors(String schema, String body) {
        try {
            List<String> errors = new ArrayList<>();
            schemas.getSchema(SchemaLocation.of(URI + schema))
                    .validate(JSON.readTree(body))
                    .forEach(error -> errors.add(error.getInstanceLocation() + " " + error));
            return errors;
        } catch (IOException e) {
            return List.of("no JSON: " + e.getMessage());
        }
    }
}
