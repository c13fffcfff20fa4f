package io.pgha.sim.world;

import io.pgha.sim.kernel.Chance;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which packets arrive: everything does, except from one place to another where that direction is cut. */
public final class Network {
    /** The place of etcd. */
    public static final String ETCD = "etcd";

    /** What is cut alone. */
    public enum Port {
        /** PostgreSQL's. */
        POSTGRES,
        /** The agent's. */
        REST
    }

    private record Link(String from, String to) {}

    private record Trouble(int lossPercent, Duration longest, Chance chance) {}

    private final Set<Link> cuts = new HashSet<>();
    private final Set<Link> postgresCuts = new HashSet<>();
    private final Set<Link> restCuts = new HashSet<>();
    private final Map<Link, Trouble> postgresTroubles = new HashMap<>();
    private final Map<Link, Trouble> restTroubles = new HashMap<>();

    public boolean passes(String from, String to) {
        return cuts.isEmpty() || !cuts.contains(new Link(from, to));
    }

    /** Whether a connection works: packets in both directions. */
    public boolean connected(String one, String other) {
        return passes(one, other) && passes(other, one);
    }

    /** Whether a connection from the one to that port of the other works. */
    public boolean connected(String one, String other, Port port) {
        Set<Link> closed = closed(port);
        return connected(one, other) && (closed.isEmpty() || !closed.contains(new Link(one, other)));
    }

    private Set<Link> closed(Port port) {
        return port == Port.POSTGRES ? postgresCuts : restCuts;
    }

    public void cut(String from, String to) {
        cuts.add(new Link(from, to));
    }

    public void mend(String from, String to) {
        cuts.remove(new Link(from, to));
    }

    /** Keeps one node from connecting to that port of another. */
    public void close(String from, String to, Port port) {
        closed(port).add(new Link(from, to));
    }

    public void open(String from, String to, Port port) {
        closed(port).remove(new Link(from, to));
    }

    /**
     * Lets packets of connections to that port get lost or late, in both directions.
     *
     * @param lossPercent how many of a hundred are lost
     * @param longest how late at most
     */
    public void disturb(String from, String to, Port port, int lossPercent, Duration longest, Chance chance) {
        troubles(port).put(new Link(from, to), new Trouble(lossPercent, longest, chance));
    }

    /** Ends {@link #disturb}. */
    public void calm(String from, String to, Port port) {
        troubles(port).remove(new Link(from, to));
    }

    private Map<Link, Trouble> troubles(Port port) {
        return port == Port.POSTGRES ? postgresTroubles : restTroubles;
    }

    /** Whether what is being sent now on a connection from the one to that port of the other is lost. */
    public boolean loses(String from, String to, Port port) {
        Trouble trouble = troubles(port).get(new Link(from, to));
        return trouble != null && trouble.lossPercent() > 0 && trouble.chance().below(100) < trouble.lossPercent();
    }

    /** How late what is being sent now on such a connection is. */
    public Duration delay(String from, String to, Port port) {
        Trouble trouble = troubles(port).get(new Link(from, to));
        return trouble == null || trouble.longest().isZero()
                ? Duration.ZERO
                : trouble.chance().between(trouble.longest().dividedBy(20), trouble.longest());
    }

    /** The directions that are cut, in words. */
    public List<String> cuts() {
        Set<String> words = new TreeSet<>();
        cuts.forEach(link -> words.add(link.from() + ">" + link.to()));
        return List.copyOf(words);
    }
}
