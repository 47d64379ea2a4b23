package foldback.report;

import foldback.export.Book;
import foldback.export.Table;
import foldback.incident.IncidentView;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A report, and the incidents behind it, as workbooks. A time in a sheet has no zone: the name of its column says in which one it is. */
final class ReportBook {
    private static final Set<String> INSTANTS = Stream.of(IncidentView.class.getRecordComponents())
            .filter(component -> component.getType() == Instant.class)
            .map(RecordComponent::getName)
            .collect(Collectors.toUnmodifiableSet());

    private ReportBook() {}

    /** The columns of the other files; days are real ones. */
    static Table<ReportRow> of(Question question, Report report) {
        List<Table.Column<ReportRow>> columns = new ArrayList<>();
        for (Table.Column<ReportRow> column : ReportFile.table(question).columns()) {
            columns.add(column.name().equals("day") ? day(column) : column);
        }
        Report.Header header = report.header();
        Map<String, @Nullable Object> facts = facts(question, header.foldVersion());
        facts.put("groupBy", String.join(",", question.words()));
        facts.put("incidents", header.incidents());
        facts.put("open", header.open());
        facts.put("sha256", header.sha256());
        return new Table<>(columns, true, new Book("Resolution time", facts, report.definitions()));
    }

    private static Table.Column<ReportRow> day(Table.Column<ReportRow> column) {
        return new Table.Column<>(column.name(), row -> {
            Object day = column.value().apply(row);
            return day == null ? null : LocalDate.parse(day.toString());
        });
    }

    /** All that a list says of an incident, then its instants once more in the zone of the report. */
    static Table<IncidentView> ofIncidents(Question question, int foldVersion) {
        List<Table.Column<IncidentView>> columns = new ArrayList<>();
        List<Table.Column<IncidentView>> local = new ArrayList<>();
        for (Table.Column<IncidentView> field : Table.of(IncidentView.class).columns()) {
            String name = field.name();
            boolean instant = INSTANTS.contains(name);
            columns.add(instant ? new Table.Column<>(utc(name), field.value()) : field);
            if (instant) {
                ZoneId zone = ZoneId.of(question.tz());
                local.add(new Table.Column<>(
                        local(name, question),
                        incident -> local((Instant) field.value().apply(incident), zone)));
            }
        }
        columns.addAll(local);
        return new Table<>(columns, true, new Book("Incidents", facts(question, foldVersion), Map.of()));
    }

    private static Map<String, @Nullable Object> facts(Question question, int foldVersion) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        instant(facts, "since", question.window().since(), question);
        instant(facts, "until", question.window().until(), question);
        instant(facts, "asOf", question.asOf(), question);
        facts.put("cohort", question.cohort().word());
        facts.put("tz", question.tz());
        if (question.filter().isEmpty()) {
            facts.put("filter", "none");
        }
        question.filter()
                .forEach((name, values) -> facts.put("filter " + name, values.size() == 1 ? values.get(0) : values));
        facts.put("foldVersion", foldVersion);
        return facts;
    }

    private static void instant(
            Map<String, @Nullable Object> facts, String name, @Nullable Instant instant, Question question) {
        facts.put(utc(name), instant);
        facts.put(local(name, question), local(instant, ZoneId.of(question.tz())));
    }

    private static String utc(String name) {
        return name + " (UTC)";
    }

    private static String local(String name, Question question) {
        return name + "Local (" + question.tz() + ")";
    }

    private static @Nullable LocalDateTime local(@Nullable Instant instant, ZoneId zone) {
        return instant == null ? null : LocalDateTime.ofInstant(instant, zone);
    }
}
