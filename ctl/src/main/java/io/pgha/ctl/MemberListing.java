package io.pgha.ctl;

import io.pgha.core.model.ClusterView;
import io.pgha.ctl.table.Format;
import io.pgha.ctl.table.MemberTable;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code list} and {@code topology} print for some clusters.
 *
 * @param format of the output
 * @param extended show optional columns even when they are empty
 * @param timestamp begin with the time
 */
record MemberListing(Format format, boolean extended, boolean timestamp) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    /** Members that do not answer must not hold up the list for long. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    String print(Session session, List<String> clusters, Clock clock) {
        StringBuilder out = new StringBuilder();
        if (timestamp) {
            out.append(TIME.format(LocalDateTime.now(clock))).append('\n');
        }
        for (String cluster : clusters) {
            ClusterView view = session.store().read(cluster);
            out.append(MemberTable.render(cluster, view, options(session, view)));
        }
        return out.toString();
    }

    /** What is not in the DCS is asked for where a program reads, or where everything is wanted. */
    private boolean asksMembers() {
        return extended || format == Format.JSON || format == Format.YAML;
    }

    private MemberTable.Options options(Session session, ClusterView view) {
        Map<String, String> identifiers = new HashMap<>();
        Map<String, Map<String, Object>> fences = new HashMap<>();
        if (asksMembers()) {
            session.members().ask(view.members().values(), PATIENCE).forEach((name, answer) -> {
                if (answer instanceof MemberClient.Status status) {
                    status.status().systemIdentifier().ifPresent(id -> identifiers.put(name, id));
                    if (!status.status().fences().isEmpty()) {
                        fences.put(name, status.status().fences());
                    }
                }
            });
        }
        return new MemberTable.Options(format, extended, identifiers, fences);
    }
}
