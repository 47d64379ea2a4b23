package foldback.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Counts the rows of a file as it comes. */
@FunctionalInterface
interface RowCount {
    long of(InputStream file) throws IOException;

    /** Of text: the generator writes no line breaks into values. */
    static long ofLines(InputStream text) throws IOException {
        return occurrences("\n", text);
    }

    /** Of the longest sheet of a workbook, by the directory at its end: its sheets do not say how long they are before they come. */
    static long ofSheets(InputStream workbook) throws IOException {
        Path saved = Files.createTempFile("workbook", ".xlsx");
        try {
            Files.copy(workbook, saved, StandardCopyOption.REPLACE_EXISTING);
            long most = 0;
            try (ZipFile parts = new ZipFile(saved.toFile())) {
                for (ZipEntry part : Collections.list(parts.entries())) {
                    try (InputStream content = parts.getInputStream(part)) {
                        most = Math.max(most, occurrences("<row ", content));
                    }
                }
            }
            return most;
        } finally {
            Files.delete(saved);
        }
    }

    /** Of a text whose first character is not in it again. */
    private static long occurrences(String text, InputStream in) throws IOException {
        byte[] sought = text.getBytes(StandardCharsets.US_ASCII);
        byte[] some = new byte[1 << 16];
        long count = 0;
        int met = 0;
        for (int read = in.read(some); read >= 0; read = in.read(some)) {
            for (int i = 0; i < read; i++) {
                met = some[i] == sought[met] ? met + 1 : some[i] == sought[0] ? 1 : 0;
                if (met == sought.length) {
                    count++;
                    met = 0;
                }
            }
        }
        return count;
    }
}
