package io.pgha.sim.port;

import io.pgha.agent.port.Peers;
import io.pgha.core.model.FailsafeAnswer;
import io.pgha.core.model.FailsafePing;
import io.pgha.core.model.Member;
import io.pgha.core.model.PeerAnswer;
import io.pgha.sim.kernel.Chance;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** REST between agents. */
public final class SimPeers implements Peers {
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final Duration LIVENESS_LIMIT = Duration.ofSeconds(3);

    /** The REST APIs of the world, as one agent reaches them. */
    public interface Reach {
        /** How the connection to that member's API fares now. */
        Contact contact(String member);

        /** Whether what is being sent now to that member, or back, is lost. */
        boolean loses(String member);

        /** How much later than usual what is being sent now to that member, or back, arrives. */
        Duration delay(String member);

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
        List<String> names = members.stream().map(Member::name).toList();
        Map<String, PeerAnswer> answers = call(names, LIMIT, reach::answer);
        return names.stream()
                .map(name -> Optional.ofNullable(answers.get(name))
                        .orElseGet(() -> PeerAnswer.unreachable(name, "no answer")))
                .toList();
    }

    @Override
    public List<FailsafeAnswer> failsafe(FailsafePing ping, Map<String, String> members, Duration limit) {
        Map<String, FailsafeAnswer> answers =
                call(members.keySet(), limit, name -> Optional.of(reach.failsafe(name, ping)));
        return members.keySet().stream()
                .map(name -> Optional.ofNullable(answers.get(name))
                        .orElseGet(() -> FailsafeAnswer.refused(name, "no answer")))
                .toList();
    }

    /** A request under way. */
    private record Request(String member, Duration arrives, boolean lost) {}

    /**
     * Asks all at once. A request that is lost, or late, keeps the caller waiting; one whose reply is lost was answered all the
     * same.
     */
    private <T> Map<String, T> call(Collection<String> members, Duration limit, Function<String, Optional<T>> ask) {
        Duration passed = chance.millis(1, 20);
        Duration there = passed;
        time.pause(passed);
        List<Request> requests = members.stream()
                .map(name -> new Request(name, there.plus(reach.delay(name)), reach.loses(name)))
                .sorted(Comparator.comparing(Request::arrives))
                .toList();
        Map<String, T> answers = new HashMap<>();
        boolean waitsForNothing = false;
        Duration last = Duration.ZERO;
        for (Request request : requests) {
            if (request.lost() || request.arrives().compareTo(limit) > 0) {
                waitsForNothing = true;
                continue;
            }
            if (request.arrives().compareTo(passed) > 0) {
                time.pause(request.arrives().minus(passed));
                passed = request.arrives();
            }
            Contact contact = reach.contact(request.member());
            Optional<T> answer = contact == Contact.ANSWERS ? ask.apply(request.member()) : Optional.empty();
            Duration back = passed.plus(reach.delay(request.member()));
            boolean arrives = !reach.loses(request.member()) && back.compareTo(limit) <= 0;
            waitsForNothing |= contact == Contact.SILENT || !arrives;
            if (arrives) {
                answer.ifPresent(value -> answers.put(request.member(), value));
                last = back.compareTo(last) > 0 ? back : last;
            }
        }
        Duration rest = waitsForNothing ? limit.minus(passed) : longer(chance.millis(1, 20), last.minus(passed));
        time.pause(longer(rest, Duration.ZERO));
        return answers;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    @Override
    public boolean answersLiveness(Member member) {
        Contact contact = reach.loses(member.name()) ? Contact.SILENT : reach.contact(member.name());
        Duration delay = reach.delay(member.name());
        time.pause(
                contact == Contact.SILENT
                        ? LIVENESS_LIMIT
                        : chance.millis(1, 20).plus(delay));
        return contact == Contact.ANSWERS;
    }
}
