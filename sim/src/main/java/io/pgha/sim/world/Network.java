package io.pgha.sim.world;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Which packets arrive: everything does, except from one place to another where that direction is cut. */
public final class Network {
    /** The place of etcd. */
    public static final String ETCD = "etcd";

    private final Set<String> cuts = new TreeSet<>();

    public boolean passes(String from, String to) {
        return !cuts.contains(link(from, to));
    }

    /** Whether a connection works: packets in both directions. */
    public boolean connected(String one, String other) {
        return passes(one, other) && passes(other, one);
    }

    public void cut(String from, String to) {
        cuts.add(link(from, to));
    }

    public void mend(String from, String to) {
        cuts.remove(link(from, to));
    }

    public void mendAll() {
        cuts.clear();
    }

    /** The directions that are cut, in words. */
    public List<String> cuts() {
        return List.copyOf(cuts);
    }

    private static String link(String from, String to) {
        return from + ">" + to;
    }
}
