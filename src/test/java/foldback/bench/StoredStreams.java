package foldback.bench;

import foldback.fold.Display;
import foldback.fold.StreamKey;
import foldback.fold.StreamKey.Rule;
import foldback.ledger.StreamTerms;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The streams of a stored history: fifty resources a rule. Leaves {@code stored_streams} behind for whoever writes their events. */
final class StoredStreams {
    private static final int ROWS_AT_ONCE = 10_000;
    private static final int STREAMS_A_RULE = 50;

    private record Stream(int number, StoredRule rule) {
        String instanceId() {
            return "i-bp1examp1e%011d".formatted(number);
        }

        String instanceName() {
            return "%s-%06d".formatted(rule.watched().resource(), number);
        }

        StreamKey key() {
            return new StreamKey(
                    rule.userId(),
                    new Rule.ById(rule.id()),
                    Map.of("instanceId", instanceId(), "userId", rule.userId()));
        }

        String namespace() {
            return rule.watched().project() + "_dashboard";
        }

        @Nullable
        String productGroupName() {
            return rule.groupId() == null ? null : rule.productGroupName();
        }

        int displayHash() {
            return display().nameHash();
        }

        String terms() {
            return Objects.requireNonNull(StreamTerms.of(key(), List.of(display())), "few terms");
        }

        String texts() {
            return Objects.requireNonNull(StreamTerms.texts(key(), List.of(display())), "short texts");
        }

        private Display display() {
            return new Display(
                    rule.watched().alertName(),
                    namespace(),
                    rule.watched().metric(),
                    instanceName(),
                    rule.regionId(),
                    rule.regionName(),
                    rule.groupId(),
                    productGroupName(),
                    rule.watched().unit(),
                    null,
                    new TreeMap<>(rule.labels()));
        }

        String dimensions() {
            return "{\"instanceId\":\"%s\",\"userId\":\"%s\"}".formatted(instanceId(), rule.userId());
        }

        @Nullable
        String labels() {
            return rule.labels().isEmpty()
                    ? null
                    : rule.labels().entrySet().stream()
                            .map(label -> "\"" + label.getKey() + "\":\"" + label.getValue() + "\"")
                            .collect(Collectors.joining(",", "{", "}"));
        }

        /** The parts of a body that stay the same; between them come lastTime, expression, transId, curValue, levels and timestamp. */
        String[] body() {
            String group = rule.groupId() == null ? "null" : rule.groupId();
            String groupName = rule.groupId() == null ? "null" : StoredRule.encoded(rule.productGroupName());
            String labels = rule.labels().entrySet().stream()
                    .map(label -> label.getKey() + "=" + label.getValue())
                    .collect(Collectors.joining(", ", "{", "}"));
            return new String[] {
                "&rawMetricName=" + rule.watched().metric() + "&expression=%24Average+"
                        + StoredRule.encoded(rule.comparison()) + "+",
                "&metricName=" + StoredRule.encoded(rule.watched().displayed()) + "&instanceName=" + instanceName()
                        + "&signature=P5CymypYos3Fptcj5YQmsnjWx00%3D&transId=",
                (rule.labels().isEmpty() ? "" : "&customLabels=" + StoredRule.encoded(labels)) + "&groupId=" + group
                        + "&regionName=" + StoredRule.encoded(rule.regionName()) + "&productGroupName=" + groupName
                        + "&metricProject=" + rule.watched().project() + "&userId=" + rule.userId() + "&curValue=",
                "&unit=" + StoredRule.encoded(rule.watched().unit()) + "&alertName="
                        + StoredRule.encoded(rule.watched().alertName()) + "&regionId=" + rule.regionId()
                        + "&namespace=" + namespace() + "&triggerLevel=",
                "&ruleId=" + rule.id() + "&dimensions="
                        + StoredRule.encoded("{instanceId=" + instanceId() + ", userId=" + rule.userId() + "}")
                        + "&timestamp="
            };
        }
    }

    private static final Map<String, Function<Stream, @Nullable Object>> COLUMNS = new LinkedHashMap<>();

    static {
        COLUMNS.put("n integer", Stream::number);
        COLUMNS.put("stream_id uuid", stream -> stream.key().id());
        COLUMNS.put("display_hash integer", Stream::displayHash);
        COLUMNS.put("user_id text", stream -> stream.rule().userId());
        COLUMNS.put("rule_id text", stream -> stream.rule().id());
        COLUMNS.put("dimensions text", Stream::dimensions);
        COLUMNS.put("alert_name text", stream -> stream.rule().watched().alertName());
        COLUMNS.put("namespace text", Stream::namespace);
        COLUMNS.put("metric_name text", stream -> stream.rule().watched().metric());
        COLUMNS.put("instance_name text", Stream::instanceName);
        COLUMNS.put("region_id text", stream -> stream.rule().regionId());
        COLUMNS.put("region_name text", stream -> stream.rule().regionName());
        COLUMNS.put("group_id text", stream -> stream.rule().groupId());
        COLUMNS.put("product_group_name text", Stream::productGroupName);
        COLUMNS.put("unit text", stream -> stream.rule().watched().unit());
        COLUMNS.put("labels text", Stream::labels);
        COLUMNS.put("terms text", Stream::terms);
        COLUMNS.put("texts text", Stream::texts);
        COLUMNS.put("comparison text", stream -> stream.rule().comparison());
        for (int part = 1; part <= 5; part++) {
            int index = part - 1;
            COLUMNS.put("body_" + part + " text", stream -> stream.body()[index]);
        }
    }

    private static final String MAKE = "create table stored_streams (%s, constraint stored_streams_key primary key (n))"
            .formatted(String.join(", ", COLUMNS.keySet()));

    private static final String NOTE = """
            insert into stored_streams select * from unnest(%s)
            """.formatted(COLUMNS.keySet().stream()
            .map(column -> "?::" + column.substring(column.indexOf(' ') + 1) + "[]")
            .collect(Collectors.joining(", ")));

    private static final String WRITE = """
            insert into streams (
                stream_id, user_id, rule_id, dimensions, alert_name, namespace, metric_name, instance_name, region_id, region_name,
                group_id, product_group_name, unit, labels, terms, texts)
            select stream_id, user_id, rule_id, dimensions::jsonb, alert_name, namespace, metric_name, instance_name, region_id,
                region_name, group_id, product_group_name, unit, coalesce(labels, '{}')::jsonb, string_to_array(terms, ' '),
                texts
            from stored_streams
            order by stream_id
            """;

    private final long seed;
    private final int streams;

    StoredStreams(long seed, int streams) {
        this.seed = seed;
        this.streams = streams;
    }

    void write(Connection connection) throws SQLException {
        Stored.execute(connection, "drop table if exists stored_streams");
        Stored.execute(connection, MAKE);
        for (int from = 0; from < streams; from += ROWS_AT_ONCE) {
            note(connection, from, Math.min(streams, from + ROWS_AT_ONCE));
        }
        Stored.execute(connection, "analyze stored_streams");
        Stored.execute(connection, WRITE);
    }

    private void note(Connection connection, int from, int to) throws SQLException {
        List<Stream> rows = IntStream.range(from, to)
                .mapToObj(number -> new Stream(number, StoredRule.of(seed, number / STREAMS_A_RULE)))
                .toList();
        try (PreparedStatement statement = connection.prepareStatement(NOTE)) {
            int parameter = 1;
            for (Map.Entry<String, Function<Stream, @Nullable Object>> column : COLUMNS.entrySet()) {
                String type = column.getKey().substring(column.getKey().indexOf(' ') + 1);
                Object[] values = rows.stream().map(column.getValue()).toArray();
                statement.setArray(parameter++, connection.createArrayOf(type, values));
            }
            statement.executeUpdate();
        }
    }
}
