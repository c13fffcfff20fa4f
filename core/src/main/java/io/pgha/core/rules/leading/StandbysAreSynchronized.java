package io.pgha.core.rules.leading;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import io.pgha.core.model.AckPosition;
import io.pgha.core.model.ServerStatus;
import io.pgha.core.sync.NamesInForce;
import io.pgha.core.sync.SyncPicture;
import io.pgha.core.sync.SyncPlan;
import io.pgha.core.sync.SyncPlanner;
import java.util.Optional;

/** For whom commits wait, or what the key sync promises, is not what it should be: the next safe steps are taken. */
public final class StandbysAreSynchronized implements Rule {
    @Override
    public String says() {
        return "For whom commits wait, or what the key sync promises, is not what it should be: the next safe steps are taken.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        boolean leads = situation.lockKeyIsMine()
                && situation.lockRenewed()
                && situation.local().runsAsPrimary();
        Optional<ServerStatus> server = situation.local().server().filter(status -> leads);
        Optional<NamesInForce> names = situation.memory().namesInForce();
        if (server.isEmpty() || names.isEmpty()) {
            return Optional.empty();
        }
        SyncPlan plan = SyncPlanner.plan(SyncPicture.observed(
                situation.me(),
                situation
                        .settings()
                        .sync()
                        .waitingFor(AckPosition.of(server.get().sync().commit())),
                situation.view().sync(),
                names.get(),
                situation.view().members().values(),
                server.get().walSenders(),
                server.get().location()));
        return plan.isNothing()
                ? Optional.empty()
                : Decision.of(this, situation, new Action.SynchronizeStandbys(plan), plan.reason());
    }
}
