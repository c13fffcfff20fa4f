/** Rules for a cluster that follows another one: its leader holds the lock and is not promoted (facts §5.18). */
@NullMarked
package io.pgha.core.rules.standbycluster;

import org.jspecify.annotations.NullMarked;
