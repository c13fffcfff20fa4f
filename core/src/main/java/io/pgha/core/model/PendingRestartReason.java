package io.pgha.core.model;

/**
 * Why a parameter waits for a restart.
 *
 * @param oldValue the value in force
 * @param newValue the value after a restart
 */
public record PendingRestartReason(String oldValue, String newValue) {
    /** As tools show it: {@code 100->50}. */
    @Override
    public String toString() {
        return oldValue + "->" + newValue;
    }
}
