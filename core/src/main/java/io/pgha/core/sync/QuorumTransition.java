package io.pgha.core.sync;

import io.pgha.core.model.NameSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One output of {@link QuorumResolver}. */
public sealed interface QuorumTransition {
    /** Write the key {@code sync} ("quorum" transition of facts §5.16). */
    record Promise(SyncPromise promise) implements QuorumTransition {}

    /** Set {@code synchronous_standby_names} ("sync" transition); number 0 only for nobody. */
    record Keep(int number, NameSet names) implements QuorumTransition {}

    /** Look again soon: the names are in force, but nobody is confirmed yet. */
    record Restart() implements QuorumTransition {}

    /**
     * The outcome of one pass.
     *
     * @param runs the outputs in order, consecutive ones of one kind together
     * @param aborted why the state could not be resolved; then there are no outputs
     */
    record Pass(List<List<QuorumTransition>> runs, Optional<String> aborted) {
        public Pass {
            runs = runs.stream().map(List::copyOf).toList();
        }

        static Pass of(List<QuorumTransition> outputs) {
            List<List<QuorumTransition>> runs = new ArrayList<>();
            for (QuorumTransition output : outputs) {
                boolean goesOn = !runs.isEmpty() && last(runs).get(0).getClass() == output.getClass();
                if (!goesOn) {
                    runs.add(new ArrayList<>());
                }
                last(runs).add(output);
            }
            return new Pass(runs, Optional.empty());
        }

        static Pass aborted(String reason) {
            return new Pass(List.of(), Optional.of(reason));
        }

        /** Of consecutive outputs of one kind the last: nobody would see the others (facts §5.16). */
        public List<QuorumTransition> transitions() {
            return runs.stream().map(Pass::last).toList();
        }

        private static <T> T last(List<T> list) {
            return list.get(list.size() - 1);
        }
    }
}
