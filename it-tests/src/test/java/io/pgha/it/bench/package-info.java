/**
 * {@code ./bench}: pgha and Patroni on the same configuration and machine in one run, and the table of what came out.
 *
 * <p>It must not know how an agent works inside. Entry point: {@link io.pgha.it.bench.Bench}.
 */
@NullMarked
package io.pgha.it.bench;

import org.jspecify.annotations.NullMarked;
