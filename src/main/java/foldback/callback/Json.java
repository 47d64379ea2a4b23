package foldback.callback;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.StringWriter;

/**
 * JSON as text: {@code 1.0e3} stays {@code 1.0e3}, <code>{ "a" : [1] }</code> becomes <code>{"a":[1]}</code>. Strict, and without any
 * limit but that of depth, since the body's length is bounded already.
 */
final class Json {
    /** Half of what Jackson writes by default: what was read can be put into an answer of our own. */
    static final int MAX_DEPTH = 500;

    /** Names are not remembered across bodies: a table of them that every sender fills would grow and can be made to collide. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private Json() {}

    static JsonParser parser(String text) throws IOException {
        return FACTORY.createParser(text);
    }

    static String name(JsonParser parser) throws IOException {
        return Text.trim(Text.clean(parser.currentName()));
    }

    /** The value that the parser is at: a string's text, a number's or a word's literal, an array or object compact. */
    static String text(JsonParser parser) throws IOException {
        return parser.currentToken().isStructStart() ? compact(parser) : Text.clean(parser.getText());
    }

    private static String compact(JsonParser parser) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = FACTORY.createGenerator(text)) {
            int depth = 0;
            do {
                JsonToken token = depth == 0 ? parser.currentToken() : parser.nextToken();
                write(parser, token, out);
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            } while (depth > 0);
        }
        return text.toString();
    }

    private static void write(JsonParser parser, JsonToken token, JsonGenerator out) throws IOException {
        switch (token) {
            case START_OBJECT -> out.writeStartObject();
            case END_OBJECT -> out.writeEndObject();
            case START_ARRAY -> out.writeStartArray();
            case END_ARRAY -> out.writeEndArray();
            case FIELD_NAME -> out.writeFieldName(Text.clean(parser.currentName()));
            case VALUE_STRING -> out.writeString(Text.clean(parser.getText()));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> out.writeNumber(parser.getText());
            case VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> out.writeRawValue(parser.getText());
            case VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                throw new IllegalStateException("no token of JSON text: " + token);
        }
    }
}
