package io.pgha.core.rules.data;

import io.pgha.core.action.Action;
import io.pgha.core.decide.Decision;
import io.pgha.core.decide.Rule;
import io.pgha.core.decide.Situation;
import io.pgha.core.model.DataDirectory;
import io.pgha.core.model.Member;
import java.util.Optional;

/** Nobody leads, nothing was ever initialised and no other member has data: the node races to initialise. */
public final class InitializeNewCluster implements Rule {
    @Override
    public String says() {
        return "Nobody leads, nothing was ever initialised and no other member has data: the node races to initialise.";
    }

    @Override
    public Optional<Decision> consider(Situation situation) {
        // A claim of ours whose answer was lost stands for as long as we live, and nobody else clears it.
        boolean ownPerhaps = situation.memory().claimUnsure()
                && situation.view().initialize().filter(String::isEmpty).isPresent();
        boolean virgin = situation.local().dataDirectory() == DataDirectory.EMPTY
                && situation.unlocked()
                && (situation.view().initialize().isEmpty() || ownPerhaps)
                && situation.settings().mayBootstrap()
                && !situation.settings().tags().nofailover();
        if (!virgin || !situation.mayRetry()) {
            return Optional.empty();
        }
        Optional<Member> alive = situation.view().members().values().stream()
                .filter(member -> !member.name().equals(situation.me())
                        && member.timeline().isKnown())
                .findFirst();
        return alive.isPresent()
                ? Decision.of(
                        this,
                        situation,
                        new Action.Wait(),
                        "the DCS knows no cluster, but member " + alive.get().name()
                                + " has data: it has to restore the key initialize first")
                : Decision.of(
                        this,
                        situation.memory().toBuilder().claimUnsure(false).build(),
                        new Action.RaceToInitialize(),
                        ownPerhaps
                                ? "the DCS did not say what became of the claim to initialise: claiming again"
                                : "there is no cluster yet");
    }
}
