/** Who may take over, and why each of the others may not (facts §5.8). */
@NullMarked
package io.pgha.core.election;

import org.jspecify.annotations.NullMarked;
