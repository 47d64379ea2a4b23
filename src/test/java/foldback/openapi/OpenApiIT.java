package foldback.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import foldback.problem.Refusal;
import foldback.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The document and the service say the same: each operation and parameter is in both, and each answer is as its schema. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class OpenApiIT {
    @Inject
    DataSource database;

    private Contract contract;

    @BeforeEach
    void read() throws IOException {
        contract = Contract.served();
    }

    @Test
    void everyOperationOfTheServiceIsInTheDocumentAndNoOther() {
        assertEquals(Offered.operations(), contract.operations());
    }

    @Test
    void everyParameterIsDeclaredAndNoOther() {
        Offered.methods().forEach((operation, method) -> {
            assertEquals(Offered.query(operation, method), contract.parameters(operation, "query"), operation);
            assertEquals(Offered.path(method), contract.parameters(operation, "path"), operation);
            assertTrue(contract.parameters(operation, "header").containsAll(Offered.headers(method)), operation);
        });
    }

    @Test
    void everyActionCanBeSentAgainAndEveryAnswerWithATagAskedForAgain() {
        for (String operation : contract.operations()) {
            Set<String> headers = contract.parameters(operation, "header");
            JsonNode answers = contract.operation(operation).path("responses");
            boolean acts = operation.startsWith("POST /api/");
            boolean tagged = answers.at("/200/headers").has("ETag");
            assertEquals(acts, headers.contains("Idempotency-Key"), operation);
            assertEquals(
                    acts, answers.path("409").has("$ref") && answers.path("422").has("$ref"), operation);
            assertEquals(tagged && acts, headers.contains("If-Match") && answers.has("412"), operation);
            assertEquals(tagged && !acts, headers.contains("If-None-Match") && answers.has("304"), operation);
        }
    }

    @Test
    void everyParameterIsDescribedWithItsTypeAndAnExample() {
        for (String operation : contract.operations()) {
            contract.operation(operation).path("parameters").forEach(reference -> {
                JsonNode parameter = contract.resolved(reference);
                for (String member : Set.of("description", "schema", "example")) {
                    assertTrue(parameter.has(member), operation + ": " + member + " of " + parameter);
                }
            });
        }
    }

    @Test
    void theSummariesAreThoseOfTheCode() {
        Offered.methods().forEach((operation, method) -> {
            Operation said = method.getAnnotation(Operation.class);
            if (said != null) {
                assertEquals(
                        said.summary(),
                        contract.operation(operation).path("summary").asText(),
                        operation);
            }
        });
    }

    @Test
    void everySchemaIsClosedDescribedAndHasExamplesThatAreValid() {
        contract.schemas().properties().forEach(schema -> {
            String name = schema.getKey();
            JsonNode definition = schema.getValue();
            assertTrue(definition.has("description"), name + " has no description");
            assertTrue(isClosed(definition) || isPart(name), name + " lets unknown fields pass");
            definition
                    .path("properties")
                    .properties()
                    .forEach(property -> assertTrue(
                            contract.resolved(property.getValue()).has("description"), name + "." + property.getKey()));
            definition
                    .path("examples")
                    .forEach(example -> assertEquals(
                            List.of(),
                            contract.errors("#/components/schemas/" + name, example.toString()),
                            name + ": " + example));
        });
    }

    private static boolean isClosed(JsonNode schema) {
        return schema.has("oneOf")
                || schema.path("additionalProperties").isBoolean()
                || schema.path("propertyNames").has("enum")
                || schema.path("unevaluatedProperties").isBoolean();
    }

    /** Of one that is closed itself. */
    private boolean isPart(String name) {
        for (JsonNode schema : contract.schemas()) {
            for (JsonNode part : schema.path("allOf")) {
                if (part.path("$ref").asText().endsWith("/" + name)) {
                    return true;
                }
            }
        }
        return false;
    }

    @Test
    void everyProblemHasAnExampleThatIsValid() {
        for (String operation : contract.operations()) {
            contract.operation(operation).get("responses").properties().forEach(response -> {
                JsonNode problem = contract.resolved(response.getValue()).at("/content/application~1problem+json");
                problem.path("examples").forEach(example -> {
                    Refusal refusal = refusal(example.at("/value/type").asText());
                    assertEquals(response.getKey(), Integer.toString(refusal.status()), operation);
                    assertEquals(refusal.status(), example.at("/value/status").asInt(), operation);
                    assertEquals(refusal.title(), example.at("/value/title").asText(), operation);
                    assertEquals(
                            List.of(),
                            contract.errors(
                                    "#/components/schemas/Problem",
                                    example.get("value").toString()),
                            operation);
                });
                assertTrue(response.getKey().compareTo("400") < 0 || problem.has("examples"), operation + response);
            });
        }
    }

    private static Refusal refusal(String type) {
        return Stream.of(Refusal.values())
                .filter(refusal -> type.equals("urn:foldback:problem:" + refusal.slug()))
                .findAny()
                .orElseThrow(() -> new AssertionError("there is no problem " + type));
    }

    @Test
    void everyOperationIsDrivenAndAnswersAsItIsDocumented() throws IOException {
        Driven driven = new Driven(contract, database);
        driven.all();
        Map<String, Set<Integer>> statuses = driven.statuses();
        Set<String> forgotten = new TreeSet<>(contract.operations());
        forgotten.removeAll(statuses.keySet());
        assertEquals(Set.of(), forgotten, "operations that are not driven: each needs a line in Driven");
        statuses.forEach((operation, answered) -> assertTrue(
                answered.stream().anyMatch(status -> status < 300), operation + " only answered " + answered));
    }

    @Test
    void anUnknownFieldWouldBeNoticed() {
        String known = contract.schemas().at("/Incident/examples/0").toString();
        assertEquals(List.of(), contract.errors("#/components/schemas/Incident", known));
        for (String spoilt : new String[] {
            known.replaceFirst("\\{", "{\"unknown\":1,"),
            known.replaceFirst("\"status\":\"open\",", ""),
            known.replace("\"open\"", "\"ajar\""),
            known.replace("\"stale\":false", "\"stale\":null")
        }) {
            assertTrue(!contract.errors("#/components/schemas/Incident", spoilt).isEmpty(), spoilt);
        }
    }
}
