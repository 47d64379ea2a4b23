package foldback.export;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.OutputStream;

/** One JSON object a line, the last one too, each as the list has it among its items. */
final class NdjsonRows<T> implements RowWriter<T> {
    private final ObjectWriter json;
    private final JsonGenerator out;

    NdjsonRows(ObjectMapper json, OutputStream out) throws IOException {
        this.json = json.writer().without(SerializationFeature.FLUSH_AFTER_WRITE_VALUE);
        this.out = json.getFactory()
                .createGenerator(out, JsonEncoding.UTF8)
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                .disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT)
                .setPrettyPrinter(new MinimalPrettyPrinter(""));
    }

    @Override
    public void write(T row) throws IOException {
        json.writeValue(out, row);
        out.writeRaw('\n');
    }

    @Override
    public void end() throws IOException {
        out.close();
    }
}
