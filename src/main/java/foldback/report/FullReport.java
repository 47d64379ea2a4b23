package foldback.report;

import java.util.List;

/**
 * A report beside all that can be drawn of its incidents, of the same filters, window and now.
 *
 * @param report its rows, with their facts and what they mean
 * @param total the row of all incidents together; its group is empty
 * @param spans a row a day, week or month in which there was an incident, upwards; nothing in them is compared
 * @param distribution of the durations of all incidents together
 */
public record FullReport(Report report, ReportRow total, List<ReportRow> spans, Distribution distribution) {}
