/** Rules for a cluster without a leader (facts §5.8). */
@NullMarked
package io.pgha.core.rules.leaderless;

import org.jspecify.annotations.NullMarked;
