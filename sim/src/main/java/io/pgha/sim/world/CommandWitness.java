package io.pgha.sim.world;

import io.pgha.core.model.JobKind;
import io.pgha.core.slots.SlotPlan;

/** Is told what agents order from their PostgreSQL: the trace of commands. */
public interface CommandWitness {
    /** What changes a server or its data. */
    enum Command {
        BOOTSTRAP,
        ABANDON_BOOTSTRAP,
        CREATE_REPLICA,
        REPLACE_DATA,
        DISCARD_REPLACED_DATA,
        START_AS_PRIMARY,
        START_AS_STANDBY,
        FOLLOW,
        PROMOTE,
        STOP,
        FENCE,
        CRASH_RECOVER,
        REWIND,
        SET_ASIDE,
        COPY_LOGICAL_SLOTS
    }

    /** An agent begins a Job. */
    void begins(SimNode node, JobKind job);

    /** An agent gives that order. */
    void orders(SimNode node, Command command);

    /** The order was carried out, or failed; nothing is told of one whose agent died meanwhile. */
    void ended(SimNode node, Command command);

    /** An agent makes and drops slots. */
    void slots(SimNode node, SlotPlan plan);

    /** An agent was shown that its server answers. */
    void answers(SimNode node);
}
