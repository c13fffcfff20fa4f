/**
 * Keys and values as they stand in the DCS, byte for byte as Patroni writes them (facts §1), to and from the records of
 * {@code core.model}.
 *
 * <p>Reading never throws: garbage counts as absent (facts §1.2), and sizes and nesting are bounded. It must not know
 * etcd or any connection. Entry points: {@link io.pgha.dcs.wire.KeyLayout} and {@link io.pgha.dcs.wire.ClusterViewParser}.
 */
@NullMarked
package io.pgha.dcs.wire;

import org.jspecify.annotations.NullMarked;
