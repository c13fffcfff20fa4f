/** Rules on what stands in the data directory (facts §5.2 steps 11 and 12). */
@NullMarked
package io.pgha.core.rules.data;

import org.jspecify.annotations.NullMarked;
