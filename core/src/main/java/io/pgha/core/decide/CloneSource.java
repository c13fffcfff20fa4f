package io.pgha.core.decide;

import io.pgha.core.model.Member;
import io.pgha.core.model.Upstream;
import java.util.List;
import java.util.Optional;

/** Whom a new replica is copied from (facts §5.6 step 2). */
public final class CloneSource {
    private CloneSource() {}

    /**
     * A running member tagged {@code clonefrom}, else the leader; empty when none of them publishes where to connect.
     * Among several, the name of the new replica decides, so that replicas spread over them.
     */
    public static Optional<Upstream> of(Situation situation) {
        List<Member> sources = situation.view().members().values().stream()
                .filter(member -> member.tags().clonefrom() && member.isRunning())
                .filter(member -> member.connUrl().isPresent())
                .filter(member -> !member.name().equals(situation.me())
                        && !situation.view().isLedBy(member.name()))
                .toList();
        return sources.isEmpty()
                ? situation.leader().flatMap(Upstream::of)
                : Upstream.of(sources.get(Math.floorMod(situation.me().hashCode(), sources.size())));
    }
}
