package foldback.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import foldback.ledger.Sha256;
import jakarta.inject.Singleton;
import java.util.HexFormat;
import java.util.List;

/** Makes reports: whatever they are shown as, they are these. */
@Singleton
class Reports {
    private final ResolutionTimes times;
    private final ObjectMapper json;

    Reports(ResolutionTimes times, ObjectMapper json) {
        this.times = times;
        this.json = json;
    }

    Report resolutionTime(Question question) {
        ResolutionTimes.Found found = times.ask(question);
        List<ReportRow> rows = found.rows();
        byte[] hashed = Sha256.of(ReportFile.lines(rows, json));
        Report.Header header = new Report.Header(
                question.window().since(),
                question.window().until(),
                question.cohort().word(),
                question.words(),
                question.tz(),
                question.filter(),
                question.asOf(),
                found.foldVersion(),
                rows.stream().mapToLong(ReportRow::incidents).sum(),
                rows.stream().mapToLong(ReportRow::open).sum(),
                rows.size(),
                HexFormat.of().formatHex(hashed));
        String target = question.target() == null ? null : question.target().toString();
        return new Report(header, Definitions.of(target, question.compared()), rows);
    }
}
