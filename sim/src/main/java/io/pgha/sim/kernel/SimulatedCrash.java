package io.pgha.sim.kernel;

/**
 * Unwinds the coroutines of a process that was killed. An {@link Error}, so that code which rightly catches exceptions
 * does not live on after its death; nobody but the kernel may catch it.
 */
public final class SimulatedCrash extends Error {
    private static final long serialVersionUID = 1L;

    SimulatedCrash(String process) {
        super(process + " was killed", null, false, false);
    }
}
