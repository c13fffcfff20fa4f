package io.pgha.core.model;

/** How a Job ended. */
public enum JobEnding {
    /** It reached what it was for. */
    DONE("done"),
    /** What it needs was not there: nothing was changed, and the same may succeed later. */
    POSTPONED("postponed"),
    /** It did not reach it, and doing the same again is not expected to help. */
    FAILED("failed"),
    /** Somebody did not want it any more. */
    CANCELLED("cancelled");

    private final String word;

    JobEnding(String word) {
        this.word = word;
    }

    /** What an operator reads. */
    public String word() {
        return word;
    }
}
