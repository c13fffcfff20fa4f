/** Rules for a node that initialises a new cluster (facts §5.6). */
@NullMarked
package io.pgha.core.rules.bootstrap;

import org.jspecify.annotations.NullMarked;
