/**
 * Rules for a cluster in maintenance mode (facts §5.17). Together they decide every situation of it, so that no other
 * rule is asked unless it stands here by name. Nothing is promoted, demoted, started, stopped, rewound, dropped or
 * removed, but for what an operator asked for.
 */
@NullMarked
package io.pgha.core.rules.paused;

import org.jspecify.annotations.NullMarked;
