package io.pgha.sim.port;

import io.pgha.agent.port.Peers;
import io.pgha.core.model.FailsafeAnswer;
import io.pgha.core.model.FailsafePing;
import io.pgha.core.model.Member;
import io.pgha.core.model.PeerAnswer;
import io.pgha.sim.kernel.Chance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** REST between agents. */
public final class SimPeers implements Peers {
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final Duration LIVENESS_LIMIT = Duration.ofSeconds(3);

    /** The REST APIs of the world, as one agent reaches them. */
    public interface Reach {
        /** How the connection to that member's API fares now. */
        Contact contact(String member);

        /** What that member says of itself; only asked where the contact answers. */
        Optional<PeerAnswer> answer(String member);

        /** What that member says to a primary in failsafe mode; only asked where the contact answers. */
        FailsafeAnswer failsafe(String member, FailsafePing ping);
    }

    /** How a connection fares. */
    public enum Contact {
        ANSWERS,
        /** Nobody listens: the caller knows at once. */
        REFUSED,
        /** The caller waits for nothing. */
        SILENT
    }

    private final AgentTime time;
    private final Chance chance;
    private final Reach reach;

    public SimPeers(AgentTime time, Chance chance, Reach reach) {
        this.time = time;
        this.chance = chance;
        this.reach = reach;
    }

    @Override
    public List<PeerAnswer> ask(Collection<Member> members) {
        Duration there = chance.millis(1, 20);
        time.pause(there);
        List<PeerAnswer> answers = new ArrayList<>();
        boolean waitsForNothing = false;
        for (Member member : members) {
            Contact contact = reach.contact(member.name());
            waitsForNothing |= contact == Contact.SILENT;
            answers.add((contact == Contact.ANSWERS ? reach.answer(member.name()) : Optional.<PeerAnswer>empty())
                    .orElseGet(() -> PeerAnswer.unreachable(member.name(), "no answer")));
        }
        time.pause(waitsForNothing ? LIMIT.minus(there) : chance.millis(1, 20));
        return answers;
    }

    @Override
    public List<FailsafeAnswer> failsafe(FailsafePing ping, Map<String, String> members, Duration limit) {
        Duration there = chance.millis(1, 20);
        time.pause(there);
        List<FailsafeAnswer> answers = new ArrayList<>();
        boolean waitsForNothing = false;
        for (String member : members.keySet()) {
            Contact contact = reach.contact(member);
            waitsForNothing |= contact == Contact.SILENT;
            answers.add(
                    contact == Contact.ANSWERS
                            ? reach.failsafe(member, ping)
                            : FailsafeAnswer.refused(member, "no answer"));
        }
        Duration rest = limit.minus(there);
        time.pause(waitsForNothing ? (rest.isNegative() ? Duration.ZERO : rest) : chance.millis(1, 20));
        return answers;
    }

    @Override
    public boolean answersLiveness(Member member) {
        Contact contact = reach.contact(member.name());
        time.pause(contact == Contact.SILENT ? LIVENESS_LIMIT : chance.millis(1, 20));
        return contact == Contact.ANSWERS;
    }
}
