/**
 * A modelled PostgreSQL: WAL with timelines, processes that take time, streaming, promotion, rewind and copy.
 *
 * <p>{@link io.pgha.postgres.memory.MemoryServer} is the machine (it lives on when the agent dies);
 * {@link io.pgha.postgres.memory.InMemoryPostgres} is the port through which one agent orders it about. The model
 * knows which history is which even where PostgreSQL sees only equal numbers, so it can tell when data would be lost
 * or mixed. It must not know the simulator: time, chance and network come through {@link ServerTime}, {@link Luck}
 * and {@link ServerNetwork}.
 */
@NullMarked
package io.pgha.postgres.memory;

import org.jspecify.annotations.NullMarked;
