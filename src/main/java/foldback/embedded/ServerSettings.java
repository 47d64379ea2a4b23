package foldback.embedded;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What the server is started with: above postgresql.conf and ALTER SYSTEM, so that neither can make it less durable. */
final class ServerSettings {
    private static final Map<String, String> SETTINGS = new LinkedHashMap<>();

    static {
        // What was answered with 2xx survives a power cut.
        SETTINGS.put("fsync", "on");
        SETTINGS.put("full_page_writes", "on");
        SETTINGS.put("synchronous_commit", "on");
        // Nobody but this machine, and nobody without a password: a socket file would be one more door.
        SETTINGS.put("listen_addresses", "127.0.0.1");
        SETTINGS.put("unix_socket_directories", "");
        // The pool, an operator's psql, and room for a second look.
        SETTINGS.put("max_connections", "60");
        // For 2 to 4 cores with at least 2 GB beside the JVM: the hot pages of streams and open incidents.
        SETTINGS.put("shared_buffers", "256MB");
        SETTINGS.put("effective_cache_size", "1GB");
        SETTINGS.put("work_mem", "16MB");
        SETTINGS.put("maintenance_work_mem", "128MB");
        // Fewer checkpoints under a storm of alerts, and so fewer full pages in the log; recovery takes seconds longer.
        SETTINGS.put("max_wal_size", "4GB");
        SETTINGS.put("checkpoint_timeout", "15min");
        SETTINGS.put("wal_compression", "on");
        // Solid state disks; the default is for turning ones.
        SETTINGS.put("random_page_cost", "1.1");
        // The queries are short: compiling them costs more than it saves.
        SETTINGS.put("jit", "off");
        SETTINGS.put("timezone", "UTC");
        SETTINGS.put("log_timezone", "UTC");
        // A week of logs, then over the oldest.
        SETTINGS.put("logging_collector", "on");
        SETTINGS.put("log_filename", "postgresql-%a.log");
        SETTINGS.put("log_truncate_on_rotation", "on");
        SETTINGS.put("log_rotation_age", "1d");
        SETTINGS.put("log_rotation_size", "0");
    }

    private ServerSettings() {}

    /** As pg_ctl takes them for the server. */
    static String options(int port) {
        return "-c port=" + port + " "
                + SETTINGS.entrySet().stream()
                        .map(setting -> "-c " + setting.getKey() + "=" + setting.getValue())
                        .collect(Collectors.joining(" "));
    }
}
