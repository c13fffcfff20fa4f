package io.pgha.config.schema;

import io.pgha.config.source.KeyPath;
import io.pgha.config.value.SettingValue;
import io.pgha.config.value.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What each key for itself is fine with, but the keys together are not. */
final class MeaningChecks {

    private static final List<String> SHARED = List.of("/tmp", "/var/tmp", "/dev/shm");
    private static final Pattern LOOPBACK =
            Pattern.compile("(localhost|127\\..*|\\[?::1]?|\\*|0\\.0\\.0\\.0|\\[?::]?|):\\d+");

    private static final Set<PosixFilePermission> WRITE_OF_OTHERS =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private final Findings findings;
    private final Values top;
    private final Values postgresql;
    private final Values bootstrap;

    MeaningChecks(Findings findings) {
        this.findings = findings;
        this.top = findings.values();
        this.postgresql = top.section("postgresql");
        this.bootstrap = top.section("bootstrap");
    }

    void check() {
        files();
        connectAddresses();
        replicaMethods();
        bootstrap();
        tags();
        contradictions();
    }

    private void files() {
        postgresql.filled("pgpass").ifPresent(pgpass -> {
            if (SHARED.stream().anyMatch(directory -> pgpass.startsWith(directory + "/"))
                    && othersMayWriteBeside(pgpass)) {
                findings.warning(
                        "postgresql.pgpass",
                        "lies in a directory that everybody may write to: others can put a link there",
                        "",
                        "use a directory of your own, for example /var/lib/postgresql/pgpass");
            }
        });
        postgresql.filled("data_dir").ifPresent(directory -> {
            String plain = directory.replaceAll("/+$", "");
            if (plain.isEmpty()
                    || List.of("/etc", "/usr", "/var", "/home", "/root", "/tmp", "/boot")
                            .contains(plain)) {
                findings.error(
                        "postgresql.data_dir",
                        "is \"" + directory + "\", a directory of the system",
                        "a directory for this server alone",
                        "for example /var/lib/postgresql/16/main");
            } else if (!directory.startsWith("/")) {
                findings.warning(
                        "postgresql.data_dir",
                        "is relative: what it means depends on where the agent is started",
                        "an absolute path",
                        "");
            }
        });
    }

    /** Unless its directory is there already and belongs to its owner alone. */
    private static boolean othersMayWriteBeside(String file) {
        Path directory = Path.of(file).getParent();
        try {
            return directory == null
                    || Files.getPosixFilePermissions(directory).stream().anyMatch(WRITE_OF_OTHERS::contains);
        } catch (IOException | UnsupportedOperationException e) {
            return true; // what is not known may be open: the warning costs nothing
        }
    }

    private void connectAddresses() {
        for (String section : List.of("restapi", "postgresql")) {
            Optional<String> own = top.section(section).filled("connect_address");
            String address = own.or(() -> top.section(section).filled("listen")).orElse("");
            boolean alone = etcdIsLocal();
            if (own.isPresent() && LOOPBACK.matcher(address).matches() && !alone) {
                findings.warning(
                        section + ".connect_address",
                        "is \"" + address + "\": other members cannot reach this node there",
                        "an address of this machine in the network",
                        "");
            }
        }
    }

    // Everything on one machine: a demonstration.
    private boolean etcdIsLocal() {
        Values etcd = top.section(top.has("etcd") ? "etcd" : "etcd3");
        List<String> hosts = etcd.separated(etcd.has("hosts") ? "hosts" : "host");
        return !hosts.isEmpty()
                && hosts.stream().allMatch(host -> host.matches("(https?://)?(127\\.|localhost|\\[::1).*"));
    }

    private void replicaMethods() {
        String key = postgresql.has("create_replica_methods") ? "create_replica_methods" : "create_replica_method";
        for (String method : postgresql.separated(key)) {
            boolean command = postgresql.section(method).filled("command").isPresent();
            if (!method.equals("basebackup") && !command) {
                findings.warning(
                        "postgresql." + key,
                        "names \"" + method + "\", which has no section with a command: \"" + method
                                + "\" itself is run",
                        "postgresql." + method + ".command",
                        "");
            }
        }
        if (postgresql.has("use_slots")) {
            // Placement has said so already.
            return;
        }
        List<String> methods = postgresql.separated(key);
        if (!methods.isEmpty() && postgresql.has("basebackup") && !methods.contains("basebackup")) {
            findings.warning(
                    "postgresql.basebackup",
                    "is not used: " + key + " does not name it",
                    "",
                    "add basebackup to " + key + " as the last resort, or remove the section");
        }
    }

    private void bootstrap() {
        Optional<String> method = bootstrap.filled("method").filter(name -> !name.equals("initdb"));
        method.ifPresent(name -> {
            Values section = bootstrap.section(name);
            if (section.filled("command").isEmpty()) {
                findings.warning(
                        "bootstrap.method",
                        "is \"" + name + "\", which has no command: initdb is used",
                        "bootstrap." + name + ".command",
                        "");
            } else if (bootstrap.has("initdb")) {
                findings.warning(
                        "bootstrap.initdb",
                        "is not used: bootstrap.method is \"" + name + "\"",
                        "",
                        "remove it, or see that the command knows these options");
            }
            recoveryTarget(name, section.section("recovery_conf"));
        });
        boolean hbaElsewhere = postgresql.has("pg_hba")
                || bootstrap.section("dcs").section("postgresql").has("pg_hba")
                || postgresql.section("parameters").has("hba_file");
        if (bootstrap.has("pg_hba") && hbaElsewhere) {
            findings.warning("bootstrap.pg_hba", "is not used: postgresql.pg_hba is given", "", "remove it");
        }
        if (bootstrap.has("post_bootstrap") && bootstrap.has("post_init")) {
            findings.warning("bootstrap.post_init", "is not used: post_bootstrap is given", "", "remove it");
        }
        if (bootstrap.has("users")) {
            bootstrap.section("users").map().forEach((name, user) -> {
                if (user != null && Values.of(user).secret("password").isEmpty()) {
                    findings.warning(
                            KeyPath.of("bootstrap", "users", name),
                            "has no password: the role cannot log in with one",
                            "",
                            "add password");
                }
            });
        }
    }

    // The cluster is born when recovery ends, and a paused recovery does not end.
    private void recoveryTarget(String method, Values recovery) {
        boolean target = recovery.map().keySet().stream()
                .anyMatch(key -> key.startsWith("recovery_target")
                        && !key.equals("recovery_target_action")
                        && !key.equals("recovery_target_timeline")
                        && !key.equals("recovery_target_inclusive"));
        String action = recovery.text("recovery_target_action").orElse("pause");
        if (target && !action.equals("promote")) {
            findings.warning(
                    KeyPath.of("bootstrap", method, "recovery_conf", "recovery_target_action"),
                    "is " + action + ": the new cluster waits until somebody ends the recovery by hand",
                    "promote",
                    "");
        }
    }

    private void tags() {
        Values tags = top.section("tags");
        pair(tags, "nofailover", "failover_priority");
        pair(tags, "nosync", "sync_priority");
        tags.filled("replicatefrom").ifPresent(from -> {
            if (top.filled("name").filter(from::equals).isPresent()) {
                findings.warning("tags.replicatefrom", "names this node itself", "another member", "");
            }
        });
    }

    private void pair(Values tags, String flag, String priority) {
        if (!tags.has(flag) || !tags.has(priority)) {
            return;
        }
        boolean never = SettingValue.bool(tags.map().get(flag)).orElse(false);
        if (never != (tags.integer(priority, 1) <= 0)) {
            findings.warning(
                    "tags." + priority, "contradicts " + flag + ", which wins", "", "write only one of the two");
        }
    }

    private void contradictions() {
        if (top.has("citus")
                && (!top.section("citus").has("group") || !top.section("citus").has("database"))) {
            findings.warning("citus", "is not used", "both group and database", "");
        }
        Values restapi = top.section("restapi");
        if (restapi.filled("keyfile").isPresent() && restapi.filled("certfile").isEmpty()) {
            findings.warning("restapi.keyfile", "is not used without certfile", "", "add restapi.certfile");
        }
        if (restapi.filled("verify_client").filter(mode -> !mode.equals("none")).isPresent()
                && (restapi.filled("cafile").isEmpty()
                        || restapi.filled("certfile").isEmpty())) {
            findings.warning(
                    "restapi.verify_client", "has no effect without certfile and cafile", "", "add both to restapi");
        } else if (restapi.filled("verify_client")
                        .filter(mode -> !mode.equals("none"))
                        .isPresent()
                && top.section("ctl").filled("certfile").isEmpty()) {
            findings.warning(
                    "restapi.verify_client",
                    "asks for certificates, and ctl.certfile is missing: members cannot ask each other, nor hactl them",
                    "",
                    "add certfile and keyfile to ctl");
        }
        for (String section : List.of("restapi", "ctl")) {
            Values login = top.section(section).section("authentication");
            if (login.has("username") != login.has("password")) {
                findings.warning(section + ".authentication", "has no effect", "both username and password", "");
            }
            if (top.section(section)
                    .filled("auth")
                    .filter(auth -> !auth.contains(":"))
                    .isPresent()) {
                findings.warning(section + ".auth", "has no effect", "user:password", "");
            }
        }
    }
}
