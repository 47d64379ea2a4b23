package foldback.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipInputStream;

/** Counts the rows of a file as it comes. */
@FunctionalInterface
interface RowCount {
    long of(InputStream file) throws IOException;

    /** Of text: the generator writes no line breaks into values. */
    static long ofLines(InputStream text) throws IOException {
        return occurrences("\n", text);
    }

    /** Of the longest sheet of a workbook. */
    static long ofSheets(InputStream workbook) throws IOException {
        long most = 0;
        try (ZipInputStream parts = new ZipInputStream(workbook)) {
            while (parts.getNextEntry() != null) {
                most = Math.max(most, occurrences("<row ", parts));
            }
        }
        return most;
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
