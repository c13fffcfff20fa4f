/**
 * What the loop needs of the world besides {@code Dcs}, {@code Postgres} and {@code Clock}: each has a real
 * implementation in {@code io.pgha.agent.runtime} and one in virtual time in {@code io.pgha.sim}.
 */
@NullMarked
package io.pgha.agent.port;

import org.jspecify.annotations.NullMarked;
