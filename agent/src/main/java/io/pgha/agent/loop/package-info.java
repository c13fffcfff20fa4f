/**
 * Observe, decide, act: the loop that keeps one node right. Owns no thread and reads no clock of its own; entry point
 * {@link io.pgha.agent.loop.HaLoop}.
 */
@NullMarked
package io.pgha.agent.loop;

import org.jspecify.annotations.NullMarked;
