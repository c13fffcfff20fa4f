package io.pgha.ctl;

import io.pgha.config.value.SettingValue;
import io.pgha.core.model.ClusterView;
import io.pgha.core.model.Member;
import io.pgha.core.model.PendingRestartReason;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * In which order members are restarted. A standby must not have less of some parameters than its primary (facts §2.5): what was raised
 * comes to the standbys first, what was lowered to the primary.
 */
final class RestartOrder {
    private static final Set<String> ORDERED = Set.of(
            "max_connections",
            "max_worker_processes",
            "max_wal_senders",
            "max_prepared_transactions",
            "max_locks_per_transaction",
            "wal_level",
            "track_commit_timestamp");
    /** Values that are words, the least first; those in one entry are the same. */
    private static final List<Set<String>> WORDS =
            List.of(Set.of("off", "minimal"), Set.of("on", "replica", "hot_standby", "archive"), Set.of("logical"));

    private RestartOrder() {}

    /** The members in that order; where none of these parameters waits the leader comes last: a mistake shall show on a standby. */
    static List<Member> of(List<Member> members, ClusterView view) {
        boolean raised = members.stream().anyMatch(member -> waits(member, 1));
        boolean lowered = members.stream().anyMatch(member -> waits(member, -1));
        Comparator<Member> leaderFirst = Comparator.comparing(member -> !view.isLedBy(member.name()));
        // Raised and lowered at once: a standby that starts too early keeps the larger values, and says so.
        return members.stream()
                .sorted(raised || !lowered ? leaderFirst.reversed() : leaderFirst)
                .toList();
    }

    /**
     * A member was not restarted: those after it are not either where it waits for such a parameter, or the primary and a standby would
     * part ways.
     *
     * @param rest the members after it
     * @throws CtlException when it waits for one and there are members after it
     */
    static void mustNotGoOn(Member failed, List<Member> rest) {
        List<String> waiting = failed.pendingRestartReasons().entrySet().stream()
                .filter(reason -> ORDERED.contains(reason.getKey()) && direction(reason) != 0)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        if (!waiting.isEmpty() && !rest.isEmpty()) {
            throw new CtlException("not restarted: " + MemberChoice.names(rest) + ". They come after " + failed.name()
                    + ", which waits for " + String.join(", ", waiting)
                    + ": a standby must not have less of it than its primary. Mend " + failed.name()
                    + ", then restart again");
        }
    }

    private static boolean waits(Member member, int direction) {
        return member.pendingRestartReasons().entrySet().stream()
                .anyMatch(reason -> ORDERED.contains(reason.getKey()) && direction(reason) == direction);
    }

    private static int direction(Map.Entry<String, PendingRestartReason> reason) {
        OptionalLong before = rank(reason.getValue().oldValue());
        OptionalLong after = rank(reason.getValue().newValue());
        return before.isPresent() && after.isPresent() ? Long.compare(after.getAsLong(), before.getAsLong()) : 0;
    }

    /** Empty for a value that the member itself could not tell: "?". */
    private static OptionalLong rank(String value) {
        for (int i = 0; i < WORDS.size(); i++) {
            if (WORDS.get(i).contains(value.toLowerCase(Locale.ROOT))) {
                return OptionalLong.of(i);
            }
        }
        return SettingValue.integer(value);
    }
}
