/**
 * A model of etcd in memory, for tests and for the simulator: deterministic, without threads, sleeps or a clock of its
 * own. Several {@link io.pgha.dcs.memory.InMemoryDcs} share one {@link io.pgha.dcs.memory.MemoryStore}; what goes wrong
 * between them is decided by {@link io.pgha.dcs.memory.DcsFaults}.
 *
 * <p>It keeps the same contract as the adapter to etcd, and the same contract tests run on both.
 */
@NullMarked
package io.pgha.dcs.memory;

import org.jspecify.annotations.NullMarked;
