package io.pgha.core.rules.operator;

import io.pgha.core.action.Action;
import io.pgha.core.decide.CloneSource;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Reinitializing;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import io.pgha.core.model.Member;
import io.pgha.core.model.ReinitializeOrder;
import io.pgha.core.model.Upstream;
import java.util.List;
import java.util.Optional;

/** A new copy was ordered: once the leader has answered, PostgreSQL is stopped and its data replaced. */
public final class ReinitializeOrdered implements Rule {
    @Override
    public String says() {
        return "A new copy was ordered: once the leader has answered, PostgreSQL is stopped and its data replaced.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        Optional<ReinitializeOrder> order = situation.orders().operator().reinitialize();
        Optional<Member> leader = situation.leader();
        if (order.isEmpty() || leader.isEmpty() || situation.local().mayTakeWrites()) {
            return Optional.empty();
        }
        if (situation.peers().isEmpty()) {
            return Decision.of(
                    this,
                    situation,
                    new Action.AskPeers(List.of(leader.get())),
                    "a new copy was ordered: is the leader well?");
        }
        Optional<Upstream> source = order.get().fromLeader() ? Upstream.of(leader.get()) : CloneSource.of(situation);
        return source.flatMap(from -> Decision.of(
                this,
                situation,
                new Action.Reinitialize(order.get(), from, Reinitializing.oldData(situation)),
                "an operator ordered a new copy: copying from " + from.name()));
    }
}
