package io.pgha.ctl.table;

import static java.util.stream.Collectors.joining;

import io.pgha.core.model.ClusterView;
import io.pgha.core.model.ForeignData;
import io.pgha.core.model.Lsn;
import io.pgha.core.model.Member;
import io.pgha.core.view.ClusterOverview;
import io.pgha.core.view.HostPort;
import io.pgha.core.view.MemberView;
import io.pgha.ctl.table.Format.EmptyCells;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The table of a cluster's members (facts §4.3): {@code hactl list} and {@code hactl topology}.
 *
 * <p>Entry point: {@link #render}.
 */
public final class MemberTable {
    private static final String UNKNOWN = "unknown";
    private static final int POSTGRES_PORT = 5432;
    private static final int LONGEST_REASON = 50;
    private static final long MEGABYTE = 1 << 20;

    private static final List<Column> FIXED = List.of(
            Column.left("Cluster"),
            Column.left("Member"),
            Column.left("Host"),
            Column.left("Role"),
            Column.left("State"),
            Column.right("TL"),
            Column.right("Receive LSN"),
            Column.right("Receive Lag"),
            Column.right("Replay LSN"),
            Column.right("Replay Lag"));
    private static final List<Column> OPTIONAL = List.of(
            Column.left("Pending restart"),
            Column.left("Pending restart reason"),
            Column.left("Scheduled restart"),
            Column.left("Tags"));
    /** Ours; shown only where a member tells. */
    private static final Column FENCE = Column.left("Fence");

    /** Ours; what a member that copies data says of that, for programs. */
    private static final Column JOB = Column.left("Job");

    private final String cluster;
    private final ClusterView view;
    private final ClusterOverview overview;
    private final Options options;

    /**
     * How to show it.
     *
     * @param format of the output
     * @param extended show optional columns even when they are empty
     * @param identifiers by member, where it was asked: the system identifier of its data
     * @param fences by member, where it tells: which layers stop PostgreSQL if the agent cannot, and whether each is armed
     */
    public record Options(
            Format format, boolean extended, Map<String, String> identifiers, Map<String, Map<String, Object>> fences) {
        public Options {
            identifiers = Map.copyOf(identifiers);
            fences = Map.copyOf(fences);
        }
    }

    private MemberTable(String cluster, ClusterView view, Options options) {
        this.cluster = cluster;
        this.view = view;
        this.overview = ClusterOverview.of(view);
        this.options = options;
    }

    /** The whole output for one cluster, with the line break at its end. */
    public static String render(String cluster, ClusterView view, Options options) {
        return new MemberTable(cluster, view, options).render();
    }

    private String render() {
        Format format = options.format();
        Table all = new Table(FIXED, rows());
        List<Column> columns = new ArrayList<>();
        for (Column column : FIXED) {
            if (!format.isForPeople()) {
                columns.add(column);
            } else if (!column.name().equals("Cluster")) {
                columns.add(column.name().endsWith(" Lag") ? column.titled("Lag") : column);
            }
        }
        for (Column column : OPTIONAL) {
            if (options.extended() || all.hasValues(column.name())) {
                columns.add(column);
            }
        }
        if (!format.isForPeople() && all.hasValues(JOB.name())) {
            columns.add(JOB);
        }
        if (all.hasValues(FENCE.name())) {
            columns.add(FENCE);
        }
        String table = format.render(new Table(columns, all.rows()), title(), EmptyCells.LEFT_OUT);
        return table + "\n" + (format.isForPeople() ? footer() : "");
    }

    private String title() {
        String identifier =
                view.initialize().map(id -> id.isEmpty() ? "initializing" : id).orElse("uninitialized");
        return "Cluster: " + cluster + " (" + identifier + ")";
    }

    private String footer() {
        StringBuilder footer = new StringBuilder();
        if (overview.flags().paused()) {
            footer.append(" Maintenance mode: on\n");
        }
        for (MemberView member : overview.members()) {
            ForeignData.of(member.member())
                    .or(() -> ForeignData.of(
                            view, Optional.ofNullable(options.identifiers().get(member.name()))))
                    .ifPresent(identifier -> footer.append(" Data of another cluster: ")
                            .append(Printable.line(member.name() + " (system identifier " + identifier + ")"))
                            .append('\n'));
        }
        overview.scheduledSwitchover().ifPresent(request -> {
            line(footer, " Switchover scheduled at: ", request.scheduledAt());
            line(footer, "                    from: ", request.leader());
            line(footer, "                      to: ", request.candidate());
        });
        return footer.toString();
    }

    private static void line(StringBuilder footer, String label, Optional<String> value) {
        value.ifPresent(
                text -> footer.append(label).append(Printable.line(text)).append('\n'));
    }

    private List<Map<String, Object>> rows() {
        boolean ports = showsPorts();
        List<Map<String, Object>> rows = new ArrayList<>();
        if (options.format() == Format.TOPOLOGY) {
            Topology.of(overview.members())
                    .forEach(place -> rows.add(
                            row(place.member(), place.prefix() + place.member().name(), ports)));
        } else {
            overview.members().forEach(member -> rows.add(row(member, member.name(), ports)));
        }
        return rows;
    }

    /** Ports are shown when one of them is unusual, or when two members share a host. */
    private boolean showsPorts() {
        Set<String> hosts = new HashSet<>();
        for (MemberView member : overview.members()) {
            if (member.address().isPresent()) {
                HostPort address = member.address().get();
                if (address.port() != POSTGRES_PORT || !hosts.add(address.host())) {
                    return true;
                }
            }
        }
        return false;
    }

    private Map<String, Object> row(MemberView view, String name, boolean ports) {
        Member member = view.member();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("Cluster", cluster);
        row.put("Member", name);
        row.put("Host", view.address().map(address -> host(address, ports)).orElse(""));
        row.put("Role", title(view.role()));
        row.put("State", view.state());
        row.put("TL", member.timeline().isKnown() ? (Object) member.timeline().number() : "");
        if (!view.isLeader()) {
            putPositions(row, view);
        }
        row.put("Pending restart", member.pendingRestart() ? "*" : "");
        row.put("Pending restart reason", reasons(member));
        row.put("Scheduled restart", scheduled(member.scheduledRestart()));
        row.put("Tags", member.tags().values().isEmpty() ? "" : member.tags().values());
        row.put(JOB.name(), job(member));
        row.put(FENCE.name(), options.fences().getOrDefault(view.name(), Map.of()));
        return row;
    }

    private static Map<?, ?> job(Member member) {
        return member.unknownFields().get("pgha") instanceof Map<?, ?> ours && ours.get("job") instanceof Map<?, ?> job
                ? job
                : Map.of();
    }

    private static String host(HostPort address, boolean ports) {
        if (!ports) {
            return address.host();
        }
        String host = address.host().contains(":") ? "[" + address.host() + "]" : address.host();
        return host + ":" + address.port();
    }

    /** Old peers tell one position only: it counts as received while they stream, else as replayed. */
    private static void putPositions(Map<String, Object> row, MemberView view) {
        Member member = view.member();
        Optional<Lsn> received = member.receiveLsn();
        Optional<Lsn> replayed = member.replayLsn();
        if (received.isEmpty() && replayed.isEmpty()) {
            if (view.state().equals("streaming")) {
                received = member.xlogLocation();
            } else {
                replayed = member.xlogLocation();
            }
        }
        putPosition(row, "Receive", view, received);
        putPosition(row, "Replay", view, replayed);
    }

    private static void putPosition(Map<String, Object> row, String which, MemberView view, Optional<Lsn> position) {
        row.put(which + " LSN", position.map(Lsn::toString).orElse(UNKNOWN));
        row.put(
                which + " Lag",
                position.<Object>map(lsn -> megabytes(view.lagOf(lsn))).orElse(""));
    }

    private static long megabytes(long bytes) {
        return (long) Math.rint((double) bytes / MEGABYTE);
    }

    private String reasons(Member member) {
        return member.pendingRestartReasons().entrySet().stream()
                .map(entry -> {
                    String change = entry.getValue().oldValue() + "->"
                            + entry.getValue().newValue();
                    boolean hidden = options.format().isForPeople()
                            && entry.getKey().length() + 2 + change.length() > LONGEST_REASON;
                    return Printable.line(entry.getKey() + ": " + (hidden ? "[hidden - too long]" : change));
                })
                .collect(joining("\n"));
    }

    private static String scheduled(Map<String, Object> restart) {
        if (!restart.containsKey("schedule")) {
            return "";
        }
        Object version = restart.get("postgres_version");
        return restart.get("schedule") + (version == null ? "" : " if version < " + version);
    }

    /** {@code sync_standby} as {@code Sync Standby}. */
    private static String title(String role) {
        StringBuilder title = new StringBuilder();
        for (String word : role.split("_", -1)) {
            title.append(title.length() == 0 ? "" : " ")
                    .append(word.substring(0, 1).toUpperCase(Locale.ROOT))
                    .append(word.substring(1));
        }
        return title.toString();
    }
}
