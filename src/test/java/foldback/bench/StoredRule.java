package foldback.bench;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An alert rule as CloudMonitor's console makes them: what it watches, and what its callbacks say of it.
 *
 * @param above whether it alerts above its threshold rather than below
 * @param groupId the application group, for three rules in four
 */
record StoredRule(
        String id,
        String userId,
        Watched watched,
        boolean above,
        String regionId,
        String regionName,
        @Nullable String groupId,
        SortedMap<String, String> labels) {

    /** A metric, in CloudMonitor's words. */
    record Watched(String alertName, String project, String metric, String displayed, String unit, String resource) {}

    private static final List<Watched> WATCHED = List.of(
            new Watched("ECS_CPU使用率过高", "acs_ecs", "cpu_total", "(Agent)cpu.total（推荐）", "%", "web-prod"),
            new Watched("ECS_内存使用率过高", "acs_ecs", "memory_usedutilization", "(Agent)memory.used（推荐）", "%", "web-prod"),
            new Watched("磁盘空间不足", "acs_ecs", "diskusage_utilization", "磁盘使用率", "%", "db-prod"),
            new Watched("RDS 连接数 & 慢查询", "acs_rds", "ConnectionUsage", "连接数使用率", "%", "orders-db"),
            new Watched("Redis memory", "acs_kvstore", "MemoryUsage", "内存使用率", "%", "cart-cache"),
            new Watched("SLB dropped connections", "acs_slb", "DropConnection", "端口每秒丢失连接数", "Count/s", "edge"),
            new Watched("Kafka 消息堆积", "acs_kafka", "message_accumulation", "消息堆积(Group)", "个", "events"),
            new Watched("进程数", "acs_ecs", "process.number", "(Agent)process.number", "个", "batch"));

    private static final String[][] REGIONS = {
        {"cn-hangzhou", "华东1（杭州）"},
        {"cn-beijing", "华北2（北京）"},
        {"cn-shanghai", "华东2（上海）"},
        {"cn-shenzhen", "华南1（深圳）"},
        {"ap-southeast-1", "新加坡"},
        {"eu-central-1", "德国（法兰克福）"}
    };

    private static final String[] TEAMS = {"平台", "orders", "search", "payments", "数据"};

    /** The rule of this number; the seed makes it another rule of the same kind. */
    static StoredRule of(long seed, int number) {
        String[] region = REGIONS[number % REGIONS.length];
        TreeMap<String, String> labels = new TreeMap<>();
        if (number % 3 == 1) {
            labels.put("team", TEAMS[number % TEAMS.length]);
            labels.put("runbook", "https://wiki.example.com/run?id=" + number % 40);
        }
        return new StoredRule(
                "putNewAlarm_user_%08x-4c7b-9a77-6d0e-0000%08x".formatted(number, seed & 0xFFFF_FFFFL),
                "109876543210123" + number % 4,
                WATCHED.get(number % WATCHED.size()),
                number % 8 != 7,
                region[0],
                region[1],
                number % 4 == 0 ? null : Integer.toString(7_301_000 + number % 20),
                labels);
    }

    String productGroupName() {
        return "业务" + groupId + "-生产";
    }

    String comparison() {
        return above ? ">=" : "<=";
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
