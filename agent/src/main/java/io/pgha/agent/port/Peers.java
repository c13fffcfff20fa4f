package io.pgha.agent.port;

import io.pgha.core.model.FailsafeAnswer;
import io.pgha.core.model.FailsafePing;
import io.pgha.core.model.Member;
import io.pgha.core.model.PeerAnswer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The other agents, over REST. */
public interface Peers {
    /**
     * Asks all of them for their status ({@code GET api_url}) in parallel, without retry. Blocks two seconds at most
     * (facts §5.1) whatever they do: a hostile or slow peer counts as unreachable.
     *
     * @return one answer for each member, in any order
     */
    List<PeerAnswer> ask(Collection<Member> members);

    /**
     * Tells all of them that this primary goes on ({@code POST /failsafe}), in parallel, with one repetition within the
     * limit.
     *
     * @param members {@code api_url} by name
     * @param limit the longest that this may block
     * @return one answer for each, in any order
     */
    List<FailsafeAnswer> failsafe(FailsafePing ping, Map<String, String> members, Duration limit);

    /**
     * Whether anything answers at {@code GET /liveness} of that member within 3 s: the duplicate name check at start
     * (facts §2.13).
     */
    boolean answersLiveness(Member member);
}
