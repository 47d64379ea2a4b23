package foldback.report;

import foldback.ledger.Sha256;
import foldback.listing.Parameters;
import jakarta.ws.rs.core.Response;
import java.util.Base64;

/** What a report is about, as headers of the answer: a file of rows has no place for it. */
public final class FactHeaders {
    /** When it was made: in no body, so that the same report is the same bytes. */
    private static final String MADE_AT = "Foldback-Made-At";

    private FactHeaders() {}

    /** The answer whose body is a report with its facts. */
    static Response answer(Object report, Question question) {
        return Response.ok(report).header(MADE_AT, question.asked()).build();
    }

    /**
     * Adds the facts of a report, when it was made, and the digest of its file.
     *
     * @param report what was answered to the question
     * @param bytes the whole body of the answer, which is the report in any form
     * @return the same answer
     */
    public static Response.ResponseBuilder add(
            Response.ResponseBuilder answer, Question question, Report report, byte[] bytes) {
        Report.Header header = report.header();
        answer.header("Repr-Digest", digest(bytes))
                .header("Foldback-Group-By", Parameters.encoded(String.join(",", question.words())))
                .header("Foldback-Incidents", header.incidents())
                .header("Foldback-Open", header.open())
                .header("Foldback-Rows", header.rows())
                .header("Foldback-Sha256", header.sha256());
        return add(answer, question, header.foldVersion());
    }

    /** As RFC 9530 has it. */
    private static String digest(byte[] bytes) {
        return "sha-256=:" + Base64.getEncoder().encodeToString(Sha256.of(bytes)) + ":";
    }

    /** Adds what the incidents of a file have in common; the filter in the form of a query, for a header has ASCII only. */
    static Response.ResponseBuilder add(Response.ResponseBuilder answer, Question question, int foldVersion) {
        if (question.asOf() != null) {
            answer.header("Foldback-As-Of", question.asOf());
        }
        return answer.header(MADE_AT, question.asked())
                .header("Foldback-Since", question.window().since())
                .header("Foldback-Until", question.window().until())
                .header("Foldback-Cohort", question.cohort().word())
                .header("Foldback-Tz", question.tz())
                .header("Foldback-Filter", Parameters.query(question.filter()))
                .header("Foldback-Fold-Version", foldVersion);
    }
}
