package foldback.report;

import java.util.List;
import java.util.Map;

/**
 * Which rules make noise, as it is answered.
 *
 * @param header what it is about, and how to tell whether two are the same
 * @param definitions what each column means
 * @param rows most alerts first, then by rule id
 */
public record NoiseReport(Report.Header header, Map<String, String> definitions, List<NoiseRow> rows) {}
