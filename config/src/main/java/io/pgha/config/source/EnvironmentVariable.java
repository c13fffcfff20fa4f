package io.pgha.config.source;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * One environment variable: the key it sets and how its text is read (facts §2.11).
 *
 * @param path the key
 * @param type how the text is read
 */
record EnvironmentVariable(KeyPath path, Type type) {

    /** How the text of a variable is read. */
    enum Type {
        TEXT,
        INTEGER,
        REAL,
        BOOL,
        LIST,
        MAP,
        TEXT_OR_LIST
    }

    private static final List<String> TLS_AUTHENTICATION = List.of(
            "USERNAME",
            "PASSWORD",
            "SSLMODE",
            "SSLCERT",
            "SSLKEY",
            "SSLPASSWORD",
            "SSLROOTCERT",
            "SSLCRL",
            "SSLCRLDIR",
            "GSSENCMODE",
            "CHANNEL_BINDING",
            "SSLNEGOTIATION");

    private static final Set<String> DCS_LISTS =
            Set.of("HOSTS", "PORTS", "CHECKS", "SERVICE_TAGS", "RETRIABLE_HTTP_CODES");
    private static final Set<String> DCS_MAPS = Set.of("LABELS", "SET_ACLS", "AUTH_DATA", "BOOTSTRAP_LABELS");
    private static final Set<String> DCS_BOOLS =
            Set.of("USE_PROXIES", "REGISTER_SERVICE", "USE_ENDPOINTS", "BYPASS_API_SERVICE", "VERIFY");

    private static final String DCS_SUFFIXES =
            "HOST HOSTS PORT USE_PROXIES PROTOCOL SRV SRV_SUFFIX URL PROXY CACERT CERT"
                    + " KEY VERIFY TOKEN CHECKS DC CONSISTENCY REGISTER_SERVICE SERVICE_CHECK_INTERVAL"
                    + " SERVICE_CHECK_TLS_SERVER_NAME SERVICE_TAGS NAMESPACE CONTEXT USE_ENDPOINTS SCOPE_LABEL ROLE_LABEL POD_IP"
                    + " PORTS LABELS BYPASS_API_SERVICE RETRIABLE_HTTP_CODES KEY_PASSWORD USE_SSL SET_ACLS GROUP DATABASE"
                    + " LEADER_LABEL_VALUE FOLLOWER_LABEL_VALUE STANDBY_LEADER_LABEL_VALUE TMP_ROLE_LABEL AUTH_DATA"
                    + " BOOTSTRAP_LABELS USERNAME PASSWORD";

    /** All variables by what follows {@code PATRONI_}. */
    static Map<String, EnvironmentVariable> all() {
        Map<String, EnvironmentVariable> all = new TreeMap<>();
        for (String key : List.of("name", "namespace", "scope")) {
            add(all, key, key, Type.TEXT);
        }
        add(all, "thread_pool_size", "thread_pool_size", Type.INTEGER);
        add(all, "thread_stack_size", "thread_stack_size", Type.TEXT);
        log(all);
        restapiAndCtl(all);
        postgresql(all);
        for (String dcs : List.of("consul", "etcd", "etcd3", "exhibitor", "kubernetes", "zookeeper", "citus")) {
            for (String suffix : DCS_SUFFIXES.split(" ", -1)) {
                add(all, dcs + "_" + suffix, dcs + "." + lower(suffix), dcsType(dcs, suffix));
            }
        }
        for (String key : List.of("self_addr", "bind_addr", "data_dir", "password")) {
            add(all, "raft_" + key, "raft." + key, Type.TEXT);
        }
        add(all, "raft_partner_addrs", "raft.partner_addrs", Type.LIST);
        for (String key : List.of(
                "min_timeout",
                "max_timeout",
                "connection_timeout",
                "append_entries_period",
                "connection_retry_time",
                "leader_fallback_timeout")) {
            add(all, "raft_" + key, "raft." + key, Type.REAL);
        }
        return all;
    }

    private static Type dcsType(String dcs, String suffix) {
        if (DCS_LISTS.contains(suffix)) {
            return Type.LIST;
        } else if (DCS_MAPS.contains(suffix)) {
            return Type.MAP;
        } else if (DCS_BOOLS.contains(suffix)) {
            return Type.BOOL;
        }
        return suffix.equals("PORT") || (dcs.equals("citus") && suffix.equals("GROUP")) ? Type.INTEGER : Type.TEXT;
    }

    private static void log(Map<String, EnvironmentVariable> all) {
        for (String key : List.of("type", "level", "traceback_level", "dateformat", "dir", "mode")) {
            add(all, "log_" + key, "log." + key, Type.TEXT);
        }
        add(all, "log_format", "log.format", Type.TEXT_OR_LIST);
        add(all, "log_static_fields", "log.static_fields", Type.MAP);
        add(all, "log_loggers", "log.loggers", Type.MAP);
        for (String key : List.of("max_queue_size", "file_size", "file_num")) {
            add(all, "log_" + key, "log." + key, Type.INTEGER);
        }
        add(all, "log_deduplicate_heartbeat_logs", "log.deduplicate_heartbeat_logs", Type.BOOL);
        add(all, "loglevel", "log.level", Type.TEXT);
        add(all, "logformat", "log.format", Type.TEXT_OR_LIST);
        add(all, "log_datefmt", "log.dateformat", Type.TEXT);
    }

    private static void restapiAndCtl(Map<String, EnvironmentVariable> all) {
        for (String key : List.of(
                "listen",
                "connect_address",
                "certfile",
                "keyfile",
                "keyfile_password",
                "cafile",
                "ciphers",
                "verify_client",
                "server_tokens")) {
            add(all, "restapi_" + key, "restapi." + key, Type.TEXT);
        }
        add(all, "restapi_http_extra_headers", "restapi.http_extra_headers", Type.MAP);
        add(all, "restapi_https_extra_headers", "restapi.https_extra_headers", Type.MAP);
        add(all, "restapi_allowlist", "restapi.allowlist", Type.LIST);
        add(all, "restapi_allowlist_include_members", "restapi.allowlist_include_members", Type.BOOL);
        add(all, "restapi_request_queue_size", "restapi.request_queue_size", Type.INTEGER);
        add(all, "restapi_thread_pool_size", "restapi.thread_pool_size", Type.INTEGER);
        for (String key : List.of("cacert", "certfile", "keyfile", "keyfile_password")) {
            add(all, "ctl_" + key, "ctl." + key, Type.TEXT);
        }
        add(all, "ctl_insecure", "ctl.insecure", Type.BOOL);
        for (String section : List.of("restapi", "ctl")) {
            add(all, section + "_username", section + ".authentication.username", Type.TEXT);
            add(all, section + "_password", section + ".authentication.password", Type.TEXT);
        }
    }

    private static void postgresql(Map<String, EnvironmentVariable> all) {
        for (String key :
                List.of("listen", "connect_address", "proxy_address", "config_dir", "data_dir", "pgpass", "bin_dir")) {
            add(all, "postgresql_" + key, "postgresql." + key, Type.TEXT);
        }
        for (String tool :
                List.of("pg_ctl", "initdb", "pg_controldata", "pg_basebackup", "postgres", "pg_isready", "pg_rewind")) {
            add(all, "postgresql_bin_" + tool, "postgresql.bin_name." + tool, Type.TEXT);
        }
        // Patroni's documentation calls it so, its code does not (facts §2.11).
        add(all, "postgresql_bin_is_ready", "postgresql.bin_name.pg_isready", Type.TEXT);
        for (String role : List.of("superuser", "replication", "rewind")) {
            for (String key : TLS_AUTHENTICATION) {
                add(all, role + "_" + key, "postgresql.authentication." + role + "." + lower(key), Type.TEXT);
            }
        }
    }

    private static void add(Map<String, EnvironmentVariable> all, String suffix, String path, Type type) {
        all.put(suffix.toUpperCase(Locale.ROOT), new EnvironmentVariable(KeyPath.parse(path), type));
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
