package foldback.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import foldback.ledger.Sha256;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A report as it is answered.
 *
 * @param header what it is about, and how to tell whether two are the same
 * @param definitions what each column means
 */
public record Report(Header header, Map<String, String> definitions, List<ReportRow> rows) {

    static Report of(Question question, ResolutionTimes.Found found, ObjectMapper json) {
        List<ReportRow> rows = found.rows();
        Header header = Header.of(
                question,
                question.words(),
                found.foldVersion(),
                rows.stream().mapToLong(ReportRow::incidents).sum(),
                rows.stream().mapToLong(ReportRow::open).sum(),
                rows.size(),
                ReportFile.lines(rows, json));
        String target = question.target() == null ? null : question.target().toString();
        return new Report(header, Definitions.of(target, question.compared()), rows);
    }

    /**
     * The facts of a report.
     *
     * @param since where the window begins
     * @param until where it ends; not a part of it
     * @param cohort opened, resolved or overlaps
     * @param groupBy the keys, in their order
     * @param tz the zone in which days, weeks, months and hours begin
     * @param filter the filters as they were asked for
     * @param asOf the instant that is now in all of it; null where it is when it was asked
     * @param foldVersion what the incidents were folded with
     * @param incidents in all rows
     * @param open of these
     * @param rows how many
     * @param sha256 over the rows, in hex; see the definitions
     */
    public record Header(
            Instant since,
            Instant until,
            String cohort,
            List<String> groupBy,
            String tz,
            Map<String, List<String>> filter,
            @Nullable Instant asOf,
            int foldVersion,
            long incidents,
            long open,
            int rows,
            String sha256) {

        /** @param hashed the rows as NDJSON */
        static Header of(
                Question question,
                List<String> groupBy,
                int foldVersion,
                long incidents,
                long open,
                int rows,
                byte[] hashed) {
            return new Header(
                    question.window().since(),
                    question.window().until(),
                    question.cohort().word(),
                    groupBy,
                    question.tz(),
                    question.filter(),
                    question.asOf(),
                    foldVersion,
                    incidents,
                    open,
                    rows,
                    HexFormat.of().formatHex(Sha256.of(hashed)));
        }
    }
}
