package io.pgha.sim.world;

import io.pgha.agent.port.Peers;
import io.pgha.core.model.FailsafeAnswer;
import io.pgha.core.model.FailsafePing;
import io.pgha.core.model.Member;
import io.pgha.core.model.PeerAnswer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Hands everything on, and writes down what takes the place of the lock's renewal. */
record ProvingPeers(Peers inner, LockProof proof) implements Peers {
    @Override
    public List<FailsafeAnswer> failsafe(FailsafePing ping, Map<String, String> members, Duration limit) {
        long askedAt = proof.now();
        List<FailsafeAnswer> answers = inner.failsafe(ping, members, limit);
        // A proof that has ended is not made whole again by an agreement.
        if (proof.isValid() && answers.stream().allMatch(FailsafeAnswer::accepted)) {
            proof.proven(askedAt);
        }
        return answers;
    }

    @Override
    public List<PeerAnswer> ask(Collection<Member> members) {
        return inner.ask(members);
    }

    @Override
    public boolean answersLiveness(Member member) {
        return inner.answersLiveness(member);
    }
}
