package io.pgha.config.schema;

import io.pgha.config.source.KeyPath;
import io.pgha.config.value.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Options that the agent gives its programs itself, and that nobody else may give them (facts §2.6, §2.7, §6.9). */
final class OptionChecks {

    private static final Set<String> INITDB = Set.of("pgdata", "nosync", "pwfile", "sync-only", "version");
    private static final Set<String> BASEBACKUP = Set.of(
            "pgdata",
            "format",
            "wal-method",
            "xlog-method",
            "gzip",
            "version",
            "dbname",
            "host",
            "port",
            "username",
            "password");
    private static final Set<String> REWIND = Set.of(
            "target-pgdata",
            "source-pgdata",
            "source-server",
            "write-recovery-conf",
            "dry-run",
            "restore-target-wal",
            "config-file",
            "no-ensure-shutdown",
            "version",
            "help");

    private final Findings findings;

    OptionChecks(Findings findings) {
        this.findings = findings;
    }

    /** Options in a node's own configuration. */
    void checkLocal() {
        Values top = findings.values();
        for (String name : forbidden(top.section("bootstrap").map().get("initdb"), INITDB)) {
            findings.error(
                    "bootstrap.initdb",
                    "names the option \"" + name + "\", which the agent gives itself",
                    "",
                    "remove it");
        }
        check(top.section("postgresql"), KeyPath.of("postgresql"));
    }

    /** Options in a {@code postgresql} section. */
    void check(Values postgresql, KeyPath at) {
        ignored(postgresql, at.child("basebackup"), BASEBACKUP);
        ignored(postgresql, at.child("rewind"), REWIND);
    }

    private void ignored(Values section, KeyPath path, Set<String> own) {
        for (String name : forbidden(section.map().get(path.name()), own)) {
            findings.warning(
                    path, "names the option \"" + name + "\", which is ignored: the agent decides", "", "remove it");
        }
    }

    private static List<String> forbidden(@org.jspecify.annotations.Nullable Object options, Set<String> own) {
        List<String> names = new ArrayList<>();
        if (options instanceof Map<?, ?> map) {
            map.keySet().forEach(name -> names.add(bare(String.valueOf(name))));
        } else if (options instanceof List<?> list) {
            for (Object item : list) {
                if (item instanceof Map<?, ?> map) {
                    map.keySet().forEach(name -> names.add(bare(String.valueOf(name))));
                } else if (item != null) {
                    names.add(bare(item.toString()));
                }
            }
        }
        names.retainAll(own);
        return names;
    }

    private static String bare(String option) {
        return option.trim().replaceFirst("^--?", "").replaceFirst("=.*", "");
    }
}
