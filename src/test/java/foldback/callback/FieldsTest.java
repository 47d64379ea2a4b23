package foldback.callback;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every field as sent: given a part, then its fields as an answer shows them. */
class FieldsTest {
    @Test
    void aFormsFieldsAreTextInTheOrderSent() throws JsonProcessingException {
        assertEquals(
                "{\"unit\":\"%\",\"lastTime\":\"0分钟\",\"preTriggerLevel\":\"null\",\"x\":\"\",\"y\":\" a \"}",
                shown(" unit=%25&lastTime=0%E5%88%86%E9%92%9F&preTriggerLevel=null&&x&y=+a+&unit=2"));
    }

    @Test
    void jsonKeepsItsTypesAndLiterals() throws JsonProcessingException {
        assertEquals(
                "{\"b\":1.0e3,\"a\":\"1\",\"c\":null,\"d\":[true,{\"x\":12.50}],\"e\":\"null\",\"f\":\"\uFFFD\"}",
                shown(
                        "\uFEFF{ \"b\" : 1.0e3, \"a\":\"1\",\"c\":null,\"d\":[true, {\"x\":12.50} ],\"a\":2,\"e\":\"null\",\"f\":\"\\ud800\"}"));
    }

    @Test
    void everySampleShowsWhatItSent() {
        for (String name : Bodies.SAMPLES) {
            int fields = Fields.of(Bodies.sample(name)).size();
            String body = new String(Bodies.sample(name), StandardCharsets.UTF_8);
            int sent = name.startsWith("form") ? body.split("&|\\\\u0026", -1).length : topLevelMembers(body);
            assertEquals(sent, fields, name);
        }
    }

    private static int topLevelMembers(String body) {
        try {
            return new ObjectMapper().readTree(body).size();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(body, e);
        }
    }

    @Test
    void whatIsNoAlertHasNoFields() {
        for (String part : List.of("", " ", "[]", "[{\"a\":1}]", "{", "{\"a\":1", "{]")) {
            assertEquals(Map.of(), Fields.of(Bodies.bytes(part)), part);
        }
    }

    private static String shown(String part) throws JsonProcessingException {
        return new ObjectMapper().writeValueAsString(Fields.of(Bodies.bytes(part)));
    }
}
