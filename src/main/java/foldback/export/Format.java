package foldback.export;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** What an export is written as. */
public enum Format {
    CSV(Exports.CSV, "text/csv; charset=UTF-8; header=present", "csv") {
        @Override
        public <T> RowWriter<T> writer(Table<T> table, ObjectMapper json, OutputStream out) throws IOException {
            return new CsvRows<>(table, json, out);
        }
    },
    NDJSON(Exports.NDJSON, Exports.NDJSON, "ndjson") {
        @Override
        public <T> RowWriter<T> writer(Table<T> table, ObjectMapper json, OutputStream out) throws IOException {
            return new NdjsonRows<>(json, out);
        }
    },
    XLSX(Exports.XLSX, Exports.XLSX, "xlsx") {
        @Override
        public <T> RowWriter<T> writer(Table<T> table, ObjectMapper json, OutputStream out) throws IOException {
            return new XlsxRows<>(table, json, out);
        }
    };

    /** What lists are offered as beside their pages; a workbook is for reports. */
    static final List<Format> OF_LISTS = List.of(CSV, NDJSON);

    private final String mediaType;
    private final String contentType;
    private final String extension;

    Format(String mediaType, String contentType, String extension) {
        this.mediaType = mediaType;
        this.contentType = contentType;
        this.extension = extension;
    }

    /** What is asked for with {@code Accept}. */
    public String mediaType() {
        return mediaType;
    }

    /** What the answer says it is. */
    public String contentType() {
        return contentType;
    }

    /** The end of a file's name, without its dot. */
    public String extension() {
        return extension;
    }

    /** Begins, with the header row where there is one. */
    public abstract <T> RowWriter<T> writer(Table<T> table, ObjectMapper json, OutputStream out) throws IOException;
}
