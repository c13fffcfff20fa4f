package io.pgha.sim.kernel;

/** A run ended because a check failed, or because code under test threw what it must not. */
public final class SimulationFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long time;

    SimulationFailure(long time, Throwable cause) {
        super(cause.getMessage(), cause);
        this.time = time;
    }

    /** When, in nanoseconds of virtual time. */
    public long time() {
        return time;
    }
}
