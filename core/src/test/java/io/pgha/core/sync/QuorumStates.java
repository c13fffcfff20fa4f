package io.pgha.core.sync;

import io.pgha.core.model.NameSet;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Starting points for the resolver: small clusters of m, a, b, c, d, e, where m plans. */
final class QuorumStates {
    private static final List<String> REPLICAS = List.of("a", "b", "c", "d", "e");

    private QuorumStates() {}

    /** The letters of facts §5.16, with names as "a,b". */
    static QuorumState state(
            String leader, int q, String voters, int k, String listed, int confirmed, String active, int wanted) {
        return new QuorumState(leader, q, names(voters), k, names(listed), confirmed, names(active), wanted, "m");
    }

    static NameSet names(String commaSeparated) {
        return commaSeparated.isEmpty() ? NameSet.NONE : NameSet.of(commaSeparated.split(",", -1));
    }

    /** Anything, also what only a stranger's hand can have written. */
    static Arbitrary<QuorumState> any() {
        Arbitrary<NameSet> members = Arbitraries.frequencyOf(
                Tuple.of(4, replicas()), Tuple.of(1, replicas().map(names -> names.plus("m"))));
        Arbitrary<String> leader =
                Arbitraries.frequencyOf(Tuple.of(3, Arbitraries.just("m")), Tuple.of(1, Arbitraries.of(REPLICAS)));
        return Combinators.combine(
                        leader,
                        Arbitraries.integers().between(-1, 6),
                        members,
                        Arbitraries.integers().between(1, 6),
                        members,
                        Arbitraries.integers().between(0, 5),
                        replicas(),
                        Arbitraries.integers().between(1, 5))
                .as((l, q, v, k, s, c, a, w) ->
                        new QuorumState(l, q, v, k, s, Math.min(c, s.and(a).size()), a, w, "m"));
    }

    /** Where the resolver comes to rest. */
    static QuorumState settled(NameSet active, int wanted) {
        int number = Math.min(wanted, active.size());
        return new QuorumState("m", active.size() - number, active, number, active, active.size(), active, wanted, "m");
    }

    static Arbitrary<NameSet> replicas() {
        return Arbitraries.of(REPLICAS).set().ofMaxSize(REPLICAS.size()).map(NameSet::of);
    }
}
