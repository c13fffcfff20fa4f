/** Rules while a Job runs (facts §5.4). */
@NullMarked
package io.pgha.core.rules.busy;

import org.jspecify.annotations.NullMarked;
