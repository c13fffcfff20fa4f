package io.pgha.restapi;

import java.util.Map;

/**
 * What operators and tools may ask a node to do (facts §3.8). Called on threads of the server's own for commands, a few at a
 * time; every method may block, for as long as the command takes, and throws nothing for expected trouble: that is an answer.
 *
 * <p>Bodies are JSON objects: values are Map, List, String, Number, Boolean or null.
 */
public interface Commands {
    /** {@code POST /switchover}: hands over from a leader. */
    CommandAnswer switchover(Map<String, Object> body);

    /** {@code POST /failover}: hands over to a candidate, whoever leads. */
    CommandAnswer failover(Map<String, Object> body);

    /** {@code DELETE /switchover}: forgets a scheduled one. */
    CommandAnswer cancelSwitchover();

    /** {@code PATCH /config}: lays the body over the dynamic configuration. */
    CommandAnswer patchConfig(Map<String, Object> body);

    /** {@code PUT /config}: replaces the dynamic configuration. */
    CommandAnswer replaceConfig(Map<String, Object> body);

    /** {@code POST /failsafe}: a primary that cannot reach the DCS asks whether it may go on. Does not block. */
    CommandAnswer failsafe(Map<String, Object> body);

    /** {@code POST /reload}: has the node's configuration read again. */
    CommandAnswer reload();

    /** {@code POST /restart}: restarts PostgreSQL now, and answers when that is done, or later; the body may be empty. */
    CommandAnswer restart(Map<String, Object> body);

    /** {@code DELETE /restart}: forgets a scheduled one. */
    CommandAnswer cancelRestart();

    /** {@code POST /reinitialize}: begins to replace the data by a new copy; the body may be empty. */
    CommandAnswer reinitialize(Map<String, Object> body);

    /** {@code DELETE /reinitialize} (ours): gives the copy up that is being made. */
    CommandAnswer cancelReinitialize();

    /** Told of each command that was carried out or tried, on the thread that did it. Not of one that access control refused. */
    default void carriedOut(CommandReport report) {}
}
