package foldback.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import foldback.testing.Tools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** LibreOffice: opens workbooks as people do. */
final class Office {
    private static final String PROGRAM = "soffice";
    private static final int PATIENCE_SECONDS = 60;

    /** Parted by commas, quoted, UTF-8, cells as they are shown, each sheet as a file. */
    private static final String ALL_SHEETS =
            "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1";

    private Office() {}

    /** The rows of a sheet, each cell as it is shown. */
    static List<NamedCsvRecord> rows(Path home, byte[] workbook, String sheet)
            throws IOException, InterruptedException {
        Tools.require(PROGRAM);
        Path file = Files.write(home.resolve("book.xlsx"), workbook);
        Path log = home.resolve("log");
        Process office = new ProcessBuilder(
                        PROGRAM,
                        "-env:UserInstallation=" + home.resolve("settings").toUri(),
                        "--headless",
                        "--convert-to",
                        ALL_SHEETS,
                        "--outdir",
                        home.toString(),
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertTrue(office.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "LibreOffice did not end");
        assertEquals(0, office.exitValue(), Files.readString(log));
        Path written = home.resolve("book-" + sheet + ".csv");
        assertTrue(Files.exists(written), Files.readString(log));
        try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(written, StandardCharsets.UTF_8)) {
            return csv.stream().toList();
        }
    }
}
