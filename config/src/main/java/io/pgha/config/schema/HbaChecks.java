package io.pgha.config.schema;

import io.pgha.config.source.KeyPath;
import io.pgha.config.value.Values;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks for lines of pg_hba.conf that mean something else than they look like. */
final class HbaChecks {

    private static final Pattern CIDR = Pattern.compile("([0-9.]+|[0-9a-fA-F:]+)/(\\d+)");

    private final Findings findings;

    HbaChecks(Findings findings) {
        this.findings = findings;
    }

    void check() {
        Values top = findings.values();
        lines(top.section("bootstrap"), "bootstrap", "pg_hba", false);
        for (String key : List.of("pg_hba", "pg_hba_primary", "pg_hba_replica", "pg_hba_standby_leader")) {
            lines(top.section("postgresql"), "postgresql", key, true);
            lines(top.section("bootstrap").section("dcs").section("postgresql"), "bootstrap.dcs.postgresql", key, true);
        }
    }

    private void lines(Values section, String at, String key, boolean wholeFile) {
        if (!(section.map().get(key) instanceof List<?> lines)) {
            return;
        }
        KeyPath path = KeyPath.parse(at).child(key);
        boolean replication = false;
        for (int i = 0; i < lines.size(); i++) {
            if (!(lines.get(i) instanceof String line)) {
                findings.error(path.item(i), "is not a line of text", "a line of pg_hba.conf", "put it in quotes");
                continue;
            }
            if (line.trim().contains("\n")) {
                findings.error(path.item(i), "contains a line break", "one line of pg_hba.conf", "");
                continue;
            }
            String[] fields = line.trim().split("\\s+", -1);
            replication |=
                    fields.length > 1 && List.of(fields[1].split(",", -1)).contains("replication");
            line(path.item(i), line, fields);
        }
        if (wholeFile && !replication && !lines.isEmpty()) {
            findings.warning(
                    path,
                    "lets no replica connect: no line is for the database \"replication\" (\"all\" does not include it)",
                    "",
                    "add, for example, host replication replicator 10.0.0.0/24 scram-sha-256");
        }
    }

    private void line(KeyPath path, String line, String[] fields) {
        if (line.isBlank() || line.trim().startsWith("#") || line.trim().startsWith("include")) {
            return;
        }
        Optional<String> complaint = HbaLine.complaint(line);
        if (complaint.isPresent()) {
            // What the cluster-wide configuration must not say is an error of its own.
            if (!path.startsWith(KeyPath.of("bootstrap", "dcs"))) {
                findings.warning(
                        path,
                        "is no line that PostgreSQL understands: it " + complaint.get(),
                        "type, database, user, address (not for local), method",
                        "PostgreSQL refuses to start with such a line in pg_hba.conf");
            }
            return;
        }
        if (fields.length < 5 || fields[0].equals("local")) {
            return;
        }
        Matcher cidr = CIDR.matcher(fields[3]);
        boolean everybody = fields[3].equals("all") || fields[3].equals("0.0.0.0/0") || fields[3].equals("::/0");
        if (cidr.matches() && cidr.group(2).equals("0") && !everybody) {
            findings.warning(
                    path,
                    fields[3] + " matches every address, not only " + cidr.group(1),
                    "",
                    "write " + cidr.group(1) + (cidr.group(1).contains(":") ? "/128" : "/32") + " for the one address");
        }
        if ((everybody || (cidr.matches() && cidr.group(2).equals("0"))) && fields[4].equals("trust")) {
            findings.warning(path, "lets everybody in without a password", "", "write scram-sha-256 instead of trust");
        }
    }
}
