/**
 * What the program thinks: the model of a cluster and the decisions taken on it.
 *
 * <p>Pure Java: it must not know I/O, clocks, threads, randomness, loggers or libraries. Enter at {@code io.pgha.core.decide}.
 */
@NullMarked
package io.pgha.core;

import org.jspecify.annotations.NullMarked;
