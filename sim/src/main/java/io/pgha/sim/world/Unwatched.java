package io.pgha.sim.world;

import io.pgha.core.model.JobKind;
import io.pgha.core.slots.SlotPlan;

/** Sees nothing. */
final class Unwatched implements CommandWitness {
    @Override
    public void begins(SimNode node, JobKind job) {}

    @Override
    public void orders(SimNode node, Command command) {}

    @Override
    public void ended(SimNode node, Command command) {}

    @Override
    public void slots(SimNode node, SlotPlan plan) {}

    @Override
    public void answers(SimNode node) {}
}
