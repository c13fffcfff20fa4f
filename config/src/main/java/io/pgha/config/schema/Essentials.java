package io.pgha.config.schema;

import io.pgha.config.value.Values;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What no agent can do without: one error for each missing key, with an example of what to write. */
final class Essentials {

    /** Stands for "no synchronous standby" in the DCS, so no member may be called so (facts §2.1). */
    private static final String RESERVED_NAME = "__patroni_strict_sync_replica_placeholder__";

    private static final List<String> OTHER_DCS = List.of("consul", "exhibitor", "kubernetes", "raft", "zookeeper");

    private final Findings findings;
    private final Values top;
    private final Values postgresql;

    Essentials(Findings findings) {
        this.findings = findings;
        this.top = findings.values();
        this.postgresql = top.section("postgresql");
    }

    void check() {
        Optional<String> name = top.filled("name").or(() -> postgresql.filled("name"));
        name.ifPresentOrElse(
                this::memberName, () -> missing("name", "the name of this member", "name: " + exampleName()));
        top.filled("scope")
                .ifPresentOrElse(this::clusterName, () -> missing("scope", "the name of the cluster", "scope: main"));
        dcs();
        restapi();
        postgresql();
    }

    private void memberName(String name) {
        String path = top.filled("name").isPresent() ? "name" : "postgresql.name";
        if (name.equals(RESERVED_NAME)) {
            findings.error(path, "is a reserved name", "another name", "");
        } else if (name.chars().anyMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c))
                || name.matches(".*['\"`\\\\$;/].*")
                || name.startsWith("-")
                || name.equals(".")
                || name.contains("..")) {
            findings.error(
                    path,
                    "cannot be carried safely through etcd keys, connection strings and file names",
                    "letters, digits, '-', '_' and '.', no blanks, quotes, slashes or '..'",
                    "for example " + exampleName());
        } else if (!name.matches("[A-Za-z0-9._-]+") || name.getBytes(StandardCharsets.UTF_8).length > 63) {
            findings.warning(
                    path,
                    "may be altered by PostgreSQL where it serves as application_name",
                    "at most 63 letters, digits, '-', '_' and '.'",
                    "");
        }
    }

    private void clusterName(String scope) {
        if (scope.contains("/") || scope.chars().anyMatch(Character::isISOControl) || scope.contains("..")) {
            findings.error(
                    "scope",
                    "cannot be part of an etcd key",
                    "a name without slashes, line breaks and '..'",
                    "the part before it belongs into \"namespace\"");
        }
    }

    private void dcs() {
        boolean etcd = top.has("etcd") || top.has("etcd3");
        for (String other : OTHER_DCS) {
            if (top.has(other) && etcd) {
                findings.warning(other, "is not used: etcd is configured too", "", "remove the section");
            } else if (top.has(other)) {
                findings.error(
                        other,
                        "is not supported by pgha yet",
                        "a section \"etcd\" or \"etcd3\"",
                        "use etcd, for example: etcd3: {hosts: \"10.0.0.1:2379,10.0.0.2:2379,10.0.0.3:2379\"}");
            }
        }
        if (top.has("etcd") && top.has("etcd3")) {
            findings.warning(
                    "etcd3", "is not used: \"etcd\" is there too and means the same", "", "remove one of them");
        }
        if (!etcd && OTHER_DCS.stream().noneMatch(top::has)) {
            missing("etcd3", "the DCS", "etcd3: {hosts: \"10.0.0.1:2379,10.0.0.2:2379,10.0.0.3:2379\"}");
        }
        if (etcd) {
            String section = top.has("etcd") ? "etcd" : "etcd3";
            Values values = top.section(section);
            boolean anywhere = List.of("host", "hosts", "url", "proxy", "srv", "discovery_srv", "srv_domain").stream()
                    .anyMatch(key -> values.filled(key).isPresent()
                            || !values.separated(key).isEmpty());
            if (!anywhere) {
                missing(
                        section + ".hosts",
                        "the addresses of etcd (one of hosts, host, url, proxy, srv)",
                        "hosts: \"10.0.0.1:2379,10.0.0.2:2379,10.0.0.3:2379\"");
            }
        }
    }

    private void restapi() {
        Values restapi = top.section("restapi");
        if (restapi.text("listen").isEmpty()) {
            missing("restapi.listen", "where the REST API listens", "listen: 10.0.0.1:8008");
        }
        if (restapi.filled("connect_address").isEmpty() && everywhere(restapi.text("listen"))) {
            missing(
                    "restapi.connect_address",
                    "the address at which other members reach the REST API",
                    "connect_address: 10.0.0.1:8008");
        }
    }

    private void postgresql() {
        if (postgresql.filled("listen").isEmpty()) {
            missing("postgresql.listen", "where PostgreSQL listens", "listen: 10.0.0.1:5432");
        }
        if (postgresql.filled("connect_address").isEmpty() && everywhere(postgresql.text("listen"))) {
            missing(
                    "postgresql.connect_address",
                    "the address at which other members and clients reach PostgreSQL",
                    "connect_address: 10.0.0.1:5432");
        }
        if (postgresql.filled("data_dir").isEmpty()) {
            missing("postgresql.data_dir", "the data directory", "data_dir: /var/lib/postgresql/16/main");
        }
        boolean oldStyle = !postgresql.has("authentication");
        Values roles = oldStyle ? postgresql : postgresql.section("authentication");
        if (roles.section("replication").filled("username").isEmpty()) {
            missing(
                    "postgresql.authentication.replication.username",
                    "the role that replicas stream as (with its password)",
                    "authentication: {replication: {username: replicator, password: \"...\"}}");
        }
        if (roles.section("superuser").filled("username").isEmpty()) {
            findings.warning(
                    "postgresql.authentication.superuser.username",
                    "is missing: the agent connects under the name of its operating system user",
                    "the superuser the agent works as",
                    "write, for example, authentication: {superuser: {username: postgres, password: \"...\"}}");
        }
    }

    // Without a concrete listen address there is nothing to publish.
    private static boolean everywhere(Optional<String> listen) {
        String text = listen.orElse("*").trim();
        return text.isEmpty()
                || text.startsWith("*")
                || text.startsWith(":")
                || text.startsWith("0.0.0.0")
                || text.startsWith("[::]");
    }

    private void missing(String path, String meaning, String example) {
        findings.error(path, "is missing (" + meaning + ")", "", "write, for example, " + example);
    }

    private String exampleName() {
        return top.filled("scope")
                        .filter(scope -> scope.matches("[A-Za-z0-9_-]+"))
                        .orElse("node") + "-1";
    }
}
