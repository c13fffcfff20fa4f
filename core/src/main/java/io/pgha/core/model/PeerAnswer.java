package io.pgha.core.model;

import java.util.Optional;

/**
 * What a peer said of itself over REST when it was asked in a leader race (facts §5.3 "member status").
 *
 * @param name the member that was asked
 * @param reachable whether it gave a usable answer within the time limit
 * @param inRecovery false when it runs as primary
 * @param walPosition the later of received and replayed, or the primary's location; zero when unknown
 * @param timeline unknown when it did not say
 * @param current whether the position is that of the moment when it was asked. A position that was seen some time ago
 *     tells of WAL that the peer has, and not that it has no more
 * @param tags the tags in the answer
 * @param watchdogFailed it needs a watchdog and has none
 * @param problem why it is not reachable, for the record of the election
 */
public record PeerAnswer(
        String name,
        boolean reachable,
        boolean inRecovery,
        Lsn walPosition,
        Timeline timeline,
        boolean current,
        Tags tags,
        boolean watchdogFailed,
        Optional<String> problem) {
    /** An answer whose position is that of the moment. */
    public PeerAnswer(
            String name,
            boolean reachable,
            boolean inRecovery,
            Lsn walPosition,
            Timeline timeline,
            Tags tags,
            boolean watchdogFailed,
            Optional<String> problem) {
        this(name, reachable, inRecovery, walPosition, timeline, true, tags, watchdogFailed, problem);
    }

    /** No usable answer. */
    public static PeerAnswer unreachable(String name, String problem) {
        return new PeerAnswer(name, false, true, Lsn.ZERO, Timeline.UNKNOWN, Tags.NONE, false, Optional.of(problem));
    }
}
