package io.pgha.sim;

import io.pgha.sim.kernel.SimulationFailure;
import io.pgha.sim.kernel.Violation;
import java.io.PrintStream;

/** Shows where code under test failed; a violated invariant speaks for itself. */
final class Stacks {
    private Stacks() {}

    static void print(SimulationFailure failure, PrintStream out) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof Violation) {
                return;
            }
            out.println(cause);
            for (StackTraceElement frame : cause.getStackTrace()) {
                out.println("    at " + frame);
            }
        }
    }
}
