/**
 * Operating system processes: finding, starting, signalling and watching the postmaster, and running PostgreSQL's
 * programs with a deadline.
 *
 * <p>It must not know SQL or what the cluster wants. Entry points: {@link io.pgha.postgres.process.PostmasterFinder},
 * {@link io.pgha.postgres.process.PostmasterStart}, {@link io.pgha.postgres.process.CommandRunner}.
 */
@NullMarked
package io.pgha.postgres.process;

import org.jspecify.annotations.NullMarked;
