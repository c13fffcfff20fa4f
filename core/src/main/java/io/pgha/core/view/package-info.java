/**
 * What tools show of a cluster: the rules by which {@code GET /cluster} and {@code hactl list} name roles, states and
 * lags (facts §3.6, §4.3). It knows no format; entry point {@link io.pgha.core.view.ClusterOverview}.
 */
@NullMarked
package io.pgha.core.view;

import org.jspecify.annotations.NullMarked;
