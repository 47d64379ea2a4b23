package foldback.chaos;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What one callback says, apart from the account, so that the same can be said again for another one.
 *
 * @param streams the numbers of its dimension objects: more than one is sent as JSON, one as a form
 * @param at milliseconds; 0 leaves the timestamp out
 * @param value unlike that of any other
 */
record Said(String rule, List<Integer> streams, long at, String state, String level, String value) {
    String body(String userId) {
        return streams.size() == 1 ? form(userId) : json(userId);
    }

    private String form(String userId) {
        String timestamp = at == 0 ? "" : "&timestamp=" + at;
        return "userId=" + userId + "&ruleId=" + rule + "&alertName=CPU%20too%20high&namespace=acs_ecs_dashboard"
                + "&rawMetricName=cpu_total&metricName=cpu.total&expression=%24Average%3E%3D80&unit=%25"
                + "&regionId=cn-hangzhou&lastTime=5&alertState=" + state
                + "&triggerLevel=" + level + "&preTriggerLevel=null&curValue=" + value
                + "&dimensions=%7BinstanceId%3Di-" + streams.get(0) + "%7D" + timestamp;
    }

    private String json(String userId) {
        String dimensions = streams.stream()
                .map(stream -> "{\"instanceId\":\"i-" + stream + "\"}")
                .collect(Collectors.joining(","));
        return String.format(
                Locale.ROOT,
                "{\"userId\":\"%s\",\"ruleId\":\"%s\",\"alertName\":\"CPU too high\",\"namespace\":\"acs_ecs_dashboard\",\"unit\":\"%%\","
                        + "\"metricName\":\"cpu_total\",\"regionId\":\"cn-hangzhou\",\"alertState\":\"%s\","
                        + "\"triggerLevel\":\"%s\",\"curValue\":\"%s\",\"dimensions\":[%s],\"timestamp\":%d}",
                userId,
                rule,
                state,
                level,
                value,
                dimensions,
                at);
    }
}
