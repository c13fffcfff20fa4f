/**
 * What the cluster agreed on: the view of the DCS, the leader lock and the keys.
 *
 * <p>It must not know PostgreSQL, HTTP or the loop.
 */
@NullMarked
package io.pgha.dcs;

import org.jspecify.annotations.NullMarked;
