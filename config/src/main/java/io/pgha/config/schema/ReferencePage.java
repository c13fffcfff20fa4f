package io.pgha.config.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Writes docs/configuration.md, the operators' reference, from the schema that validates. */
public final class ReferencePage {

    private static final String HEAD = """
            # Configuration reference

            <!-- Generated from config/src/main/resources/io/pgha/config/schema/schema.txt. Do not edit; see the end. -->

            pgha reads Patroni's configuration. There are two:

            * the **local** one of each node: a YAML file, or a directory whose `*.yml` and `*.yaml` are merged in the order of
              their names (a `null` removes a key), and environment variables over it;
            * the **cluster-wide** one, in etcd: changed with `hactl edit-config`. `bootstrap.dcs` in the file of a node is only
              its first content, used when the cluster is born.

            `pgha --validate-config FILE` names every mistake with file, line, key and remedy. Unknown keys have no effect and
            are warnings. A change of the file counts after `systemctl reload pgha`, unless the key says *restart*.

            **Which one counts?** `postgresql` is merged key by key, the local one wins; `postgresql.parameters` is merged
            parameter by parameter. All timing and failover keys are cluster-wide only. `postgresql.use_slots` and the
            parameters that must fit between nodes (`max_connections`, `max_locks_per_transaction`, `max_worker_processes`,
            `max_prepared_transactions`, `max_wal_senders`, `max_replication_slots`, `wal_level`, `wal_log_hints`,
            `track_commit_timestamp`, `hot_standby`, `wal_keep_segments`, `wal_keep_size`) come from the cluster-wide one only;
            `listen_addresses`, `port` and `cluster_name` follow from `postgresql.listen` and `scope`.

            **Values.** Booleans are on/true/yes/1 and off/false/no/0. Numbers may be decimal, hexadecimal (0x10) or octal (0644).
            Times without a unit are seconds and may carry us, ms, s, min, h or d; sizes are bytes and may carry B, kB, MB, GB
            or TB, all as in PostgreSQL.

            **Passwords** in a file that everybody may read are reported: `chmod 0600`, or hand them over as environment
            variables (`EnvironmentFile=` of systemd).
            """;

    private ReferencePage() {}

    /**
     * The page in Markdown.
     *
     * @param variables environment variables without prefix, with the key each sets; one line each
     */
    public static String markdown(List<String> variables) {
        StringBuilder page = new StringBuilder(HEAD);
        for (Schema.Section section : Schema.instance().sections()) {
            page.append("\n## ").append(section.title()).append("\n\n");
            section.notes().forEach(note -> page.append(note).append("\n\n"));
            page.append("| key | where | value | default | meaning |\n|---|---|---|---|---|\n");
            section.keys().forEach(key -> page.append(row(key)));
        }
        page.append("""

                ## Environment variables

                Each is read with the prefix `PGHA_` and with `PATRONI_`; `PGHA_` wins. Empty ones are ignored. Lists are written
                `a,b`, mappings `a: 1, b: 2`. `PGHA_CONFIGURATION` holds a whole YAML document; it counts if no file is given, and
                then the other variables are ignored. `PG_MALLOC_ARENA_MAX` becomes `MALLOC_ARENA_MAX` of PostgreSQL's processes.

                | variable | key |
                |---|---|
                """);
        variables.forEach(line -> page.append(line).append('\n'));
        page.append("""

                ---
                Regenerate with `mvn -o -pl config -am test -Dtest=ReferencePageTest -Dpgha.docs.write=true`.
                """);
        return page.toString();
    }

    private static String row(KeySpec key) {
        List<String> cells = new ArrayList<>();
        cells.add("`" + key.path() + "`");
        cells.add(
                switch (key.level()) {
                    case LOCAL -> "local";
                    case DYNAMIC -> "cluster-wide";
                    case BOTH -> "both";
                });
        cells.add(key.type().expected());
        cells.add(key.defaultText().isEmpty() ? "" : "`" + key.defaultText() + "`");
        cells.add(meaning(key));
        return cells.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static String meaning(KeySpec key) {
        List<String> parts = new ArrayList<>();
        key.renamed().ifPresent(now -> parts.add("Old name of `" + now + "`."));
        if (key.flags().contains("required")) {
            parts.add("**Required.**");
        }
        if (!key.meaning().isEmpty()) {
            parts.add(key.meaning());
        }
        if (!key.reloadable()) {
            parts.add("*(restart)*");
        }
        return String.join(" ", parts);
    }
}
