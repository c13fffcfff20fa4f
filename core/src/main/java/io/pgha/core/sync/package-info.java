/**
 * Synchronous replication (facts §5.16): what {@code synchronous_standby_names} and the key {@code sync} should be, and in
 * which order to get there, such that the key never promises what PostgreSQL does not keep.
 *
 * <p>Entry points: {@link io.pgha.core.sync.SyncPlanner} for a running primary,
 * {@link io.pgha.core.sync.Prepromotion} just before a promotion. Pure: knows no clock, no SQL and no DCS. Whoever carries
 * out a plan observes again after it was interrupted or ended by {@link io.pgha.core.sync.SyncStep.Reevaluate}.
 */
@NullMarked
package io.pgha.core.sync;

import org.jspecify.annotations.NullMarked;
